"""How the calendar reads."""

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from changes import recurrence
from core.templatetags.marks import moment
from core.templatetags.presentation import exact, span_words
from sla.templatetags.sla_words import zone_words

register = template.Library()


@register.simple_tag(name="recurrence")
def opening_words(window):
    """When a maintenance window opens: `every week on Sun, 01:00 for 4 h, Shanghai time`."""
    often = recurrence.words_of(window.rule)
    if not window.rule:
        often = date_format(window.from_on, "SHORT_DATE_FORMAT")
    return _("%(often)s, %(time)s for %(length)s, %(place)s time") % {
        "often": often,
        "time": window.opens_at.strftime("%H:%M"),
        "length": span_words(window.lasts_for * 60),
        "place": zone_words(window.zone),
    }


@register.simple_tag
def time_span(start, end):
    """From when until when: `Sat 5 Dec 22:00 – 23:30`; the day again only where it is another one."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    if first.date() != last.date():
        return format_html('<span class="time-span">{} – {}</span>', moment(start, "due"), moment(end, "due"))
    closing = format_html('<time datetime="{}" title="{}">{}</time>', last.isoformat(), exact(end), f"{last:%H:%M}")
    return format_html('<span class="time-span">{} – {}</span>', moment(start, "due"), closing)
