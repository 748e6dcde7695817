"""How things look and read: icons, times, durations, initials. Pure functions of their arguments."""

from datetime import datetime, timedelta
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from core import clock, markup

register = template.Library()

TONES = {
    "primary": "blue",
    "azure": "blue",
    "info": "cyan",
    "success": "green",
    "lime": "green",
    "warning": "yellow",
    "danger": "red",
    "pink": "purple",
    "secondary": "grey",
    "muted": "grey",
    "dark": "grey",
}
OWN_TONES = {"grey", "blue", "indigo", "purple", "red", "orange", "yellow", "green", "teal", "cyan"}
AVATAR_TONES = ("blue", "indigo", "purple", "orange", "green", "teal", "cyan")
RELATIVE_UP_TO = timedelta(days=7)


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name, size="", label=""):
    """The Tabler icon `name` from our sprite; hidden from screen readers unless it carries a `label`."""
    if not name:
        return ""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        f" icon-{size}" if size else "",
        spoken,
        static("icons.svg"),
        name,
    )


@register.filter
def tone(name):
    """One of our own tones for a Tabler colour name: the same words, but readable on both themes."""
    known = TONES.get(str(name), str(name))
    return known if known in OWN_TONES else "grey"


@register.filter
def exact(moment):
    """The instant to the second in the reader's zone, with its offset: `2026-11-23 17:30:00 UTC+08:00`."""
    if not moment:
        return ""
    day, hour = timezone.localtime(moment).isoformat(timespec="seconds").split("T")
    return f"{day} {hour[:8]} UTC{hour[8:]}"


@register.filter
def relative(moment):
    """`3 minutes ago`, `in 2 hours`; beyond a week the date. The browser keeps it fresh in the same words."""
    if not moment:
        return ""
    distance = moment - clock.now()
    if abs(distance) > RELATIVE_UP_TO:
        return short_date(moment)
    seconds = abs(distance).total_seconds()
    if seconds < 45:
        return _("just now")
    if seconds < 3600 - 30:
        amount = max(1, round(seconds / 60))
        words = ngettext("%(n)s minute", "%(n)s minutes", amount)
    elif seconds < 86400 - 1800:
        amount = round(seconds / 3600)
        words = ngettext("%(n)s hour", "%(n)s hours", amount)
    else:
        amount = round(seconds / 86400)
        words = ngettext("%(n)s day", "%(n)s days", amount)
    span = words % {"n": amount}
    return (_("%(span)s ago") if distance.total_seconds() < 0 else _("in %(span)s")) % {"span": span}


@register.filter
def short_date(moment):
    """Month and day of an instant or a date; the year only when it is not this one."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    same_year = local.year == timezone.localtime(clock.now()).year
    if (get_language() or "").startswith("zh"):
        return date_format(local, "n月j日" if same_year else "Y年n月j日")
    return date_format(local, "j M" if same_year else "j M Y")


@register.filter
def due_words(moment):
    """A promise as people say it: `today 17:30`, `tomorrow 09:00`, `Wed 25 Nov 09:00`."""
    if not moment:
        return ""
    local = timezone.localtime(moment)
    days = (local.date() - timezone.localtime(clock.now()).date()).days
    at = f"{local:%H:%M}"
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get(days)
    if near:
        return f"{near} {at}"
    if (get_language() or "").startswith("zh"):
        return f"{short_date(moment)} 周{'一二三四五六日'[local.weekday()]} {at}"
    return f"{date_format(local, 'D')} {short_date(moment)} {at}"


@register.filter
def span_words(seconds):
    """A length of time, unsigned: `12 min`, `1 h 20 min`, `52 h`. Never days: those differ in length."""
    if seconds is None or seconds == "":
        return ""
    minutes = abs(int(seconds)) // 60
    hours, rest = divmod(minutes, 60)
    if hours >= 48 or (hours and not rest):
        return pgettext("duration", "%(h)s h") % {"h": hours}
    if hours:
        return pgettext("duration", "%(h)s h %(m)s min") % {"h": hours, "m": rest}
    return pgettext("duration", "%(m)s min") % {"m": minutes} if minutes else pgettext("duration", "<1 min")


@register.filter
def initials(name):
    """Two letters of a Latin name, the last character or two of a Chinese one."""
    name = str(name or "").strip()
    if not name:
        return "?"
    if name.isascii():
        return "".join(part[0] for part in name.replace(".", " ").split()[:2]).upper() or name[0].upper()
    return name[-2:] if len(name) > 2 else name[-1]


@register.filter
def avatar_tone(name):
    """The same person always has the same colour."""
    return AVATAR_TONES[sum(map(ord, str(name or ""))) % len(AVATAR_TONES)]


@register.filter
def file_size(count):
    """Bytes as people read them: `812 B`, `1.4 MB`."""
    size = float(count or 0)
    for unit in ("B", "kB", "MB"):
        if size < 1024:
            return f"{size:.3g} {unit}"
        size /= 1024
    return f"{size:.3g} GB"


@register.filter
def described_by(field):
    """The ids of a bound field's help and error, for aria-describedby."""
    parts = [f"{field.auto_id}_help"] if field.help_text else []
    return " ".join([*parts, f"{field.auto_id}_error"] if field.errors else parts)


@register.simple_tag
def input_of(field, **attributes):
    """A bound field's widget with our class, its error state and what describes it."""
    css = {"select": "form-select", "checkbox": "form-check-input"}.get(field.widget_type, "form-control")
    given = {key: value for key, value in attributes.items() if value not in ("", None, False)}
    attrs = {key.replace("_", "-"): value for key, value in given.items()}
    described = described_by(field)
    if described:
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
        css = f"{css} is-invalid".strip()
    attrs["class"] = f"{css} {field.field.widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs=attrs)


@register.filter
def markdown(text):
    """What somebody wrote, as safe HTML."""
    return markup.to_html(text)
