"""Working hours and what is known of a calendar, in words."""

from datetime import timedelta
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import clock
from sla.models import CalendarVersion

WARNED_BEFORE = timedelta(days=60)


def hours_in_words(intervals) -> str:
    """ "09:00–12:00, 13:30–18:00"; empty for a day nobody works."""
    return ", ".join(f"{start}–{end}" for start, end in intervals)


def weekday_names() -> list[str]:
    return [
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    ]


def week_in_words(weekly) -> list[tuple[str, str]]:
    """[("Mon–Fri", "09:00–12:00, 13:30–18:00"), …]: neighbouring days with equal hours together, days off left out."""
    names, lines = weekday_names(), []
    for hours, days in groupby(range(7), key=lambda day: hours_in_words(weekly.get(str(day + 1), []))):
        first, *rest = days
        if hours:
            lines.append((f"{names[first]}–{names[rest[-1]]}" if rest else names[first], hours))
    return lines or [(_("Every day"), pgettext("calendar", "closed"))]


def is_running_out(version, today=None) -> bool:
    """Whether its official holidays are known for less than 60 days to come; never where no end is named."""
    if version is None or version.valid_through is None:
        return False
    return version.valid_through < (today or clock.now().date()) + WARNED_BEFORE


def versions_in_force():
    """The latest version of every calendar."""
    return CalendarVersion.objects.order_by("calendar_id", "-number").distinct("calendar_id")
