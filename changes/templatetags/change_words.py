"""How the calendar reads."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from changes import recurrence
from core.templatetags.presentation import span_words
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
