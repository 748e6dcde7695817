"""How counted time reads."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.business_time import instant_of
from tickets.vocabulary import Metric

register = template.Library()

# Places people here know by name; any other zone is named by its own place.
_PLACES = {
    "Asia/Shanghai": gettext_lazy("Shanghai"),
    "Asia/Hong_Kong": gettext_lazy("Hong Kong"),
    "Asia/Tokyo": gettext_lazy("Tokyo"),
    "Asia/Singapore": gettext_lazy("Singapore"),
    "Asia/Dubai": gettext_lazy("Dubai"),
    "Europe/London": gettext_lazy("London"),
    "Europe/Berlin": gettext_lazy("Berlin"),
    "Europe/Paris": gettext_lazy("Paris"),
    "America/New_York": gettext_lazy("New York"),
    "America/Los_Angeles": gettext_lazy("Los Angeles"),
    "UTC": gettext_lazy("universal time (UTC)"),
}


@register.filter
def zone_words(zone):
    """The place whose time a zone keeps: `Shanghai`."""
    return str(_PLACES.get(str(zone)) or str(zone).rpartition("/")[2].replace("_", " "))


@register.simple_tag
def reader_zone():
    """The name of the reader's own zone."""
    return str(timezone.get_current_timezone())


@register.filter
def counted(seconds):
    """Counted time to the minute, seconds only where they matter: `3 h 00`, `0 h 12`, `0 h 00:45`."""
    hours, rest = divmod(abs(int(seconds or 0)), 3600)
    minutes, seconds = divmod(rest, 60)
    words = {"h": hours, "m": f"{minutes:02}", "s": f"{seconds:02}"}
    return (pgettext("duration", "%(h)s h %(m)s:%(s)s") if seconds else pgettext("duration", "%(h)s h %(m)s")) % words


@register.filter
def moment(at, zone=None):
    """Weekday, date and time, in the reader's zone or the one given: `Mon 23 Nov 09:00`; seconds where they matter."""
    local = timezone.localtime(at, ZoneInfo(zone)) if zone else timezone.localtime(at)
    words = {"weekday": _weekday(local), "date": f"{local:%Y-%m-%d}", "time": clock_time(local)}
    return pgettext("moment", "%(weekday)s %(date)s %(time)s") % words


@register.filter
def until(end, start):
    """The end of a span beside its start: only the time when both lie on one day."""
    local = timezone.localtime(end)
    return clock_time(local) if local.date() == timezone.localtime(start).date() else moment(end)


def _weekday(day):
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[day.weekday()]


def clock_time(local):
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


@register.filter
def correction_rows(correction):
    """(label, before, after) of what a correction changed, in words."""
    before, after = correction.before, correction.after
    rows = [
        (_("Counted"), counted(before["elapsed"]), counted(after["elapsed"])),
        (pgettext("sla", "Due"), _due(before["due_at"]), _due(after["due_at"])),
        (_("Target missed"), _yes(before["is_breached"]), _yes(after["is_breached"])),
        (_("Outcome"), _outcome(before["outcome"]), _outcome(after["outcome"])),
    ]
    rows = [row for row in rows if row[1] != row[2]]
    if after.get("revoked"):
        marks = ", ".join(f"{pct} %" for pct, _offset in after["revoked"])
        rows.append((_("Thresholds"), marks, _("withdrawn: %(marks)s") % {"marks": marks}))
    return rows


def _due(text):
    return moment(datetime.fromisoformat(text)) if text else "—"


def _yes(value):
    return _("yes") if value else _("no")


def _outcome(outcome):
    words = {
        "": _("still open"),
        "open": _("still open"),
        "open_breached": _("missed, still open"),
        "met": pgettext("sla", "met"),
        "breached": pgettext("sla", "missed"),
        "cancelled": pgettext("sla", "cancelled"),
        "superseded": pgettext("sla", "superseded"),
        "not_applicable": pgettext("sla", "nothing promised"),
    }
    return words.get(outcome, outcome)


@register.filter
def weekday_date(day):
    """A day with its weekday: `Mon 2026-11-23`."""
    return f"{_weekday(day)} {day:%Y-%m-%d}"


@register.filter
def wall(seconds):
    """Seconds of a day as its wall time: `09:00`, `24:00`."""
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


@register.filter
def metric_words(metric):
    return Metric(metric).label


@register.filter
def attained(tally):
    """(met, judged) as a share with its numbers: `93.3 % (14 of 15)`."""
    met, judged = tally
    if not judged:
        return "—"
    return _("%(share)s %% (%(met)s of %(judged)s)") % {
        "share": f"{met * 100 / judged:.1f}",
        "met": met,
        "judged": judged,
    }


@register.filter
def verdict_words(verdict):
    """One side of a flip, the outcome with its deadline: `missed · Mon 2026-11-23 09:00`."""
    if not verdict["outcome"]:
        return _("not counted")
    words = _outcome(verdict["outcome"])
    return f"{words} · {moment(instant_of(verdict['due_at']))}" if verdict["due_at"] is not None else words
