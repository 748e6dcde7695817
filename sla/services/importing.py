"""Dated exceptions from elsewhere: official holidays with their make-up days, and iCalendar files."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import holidays
from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _
from icalendar import Calendar as ICalendar

from core import clock
from core.errors import InvalidInput

BYTES_AT_MOST = 1_000_000
EVENTS_AT_MOST = 5_000
# An all-day event whose summary says one of these is a day that is worked: 班 of 上班 and 补班, "work", "make-up".
IS_WORKED = re.compile(r"班|调休上|\bwork(?!shop)|\bmake-?up\b", re.IGNORECASE)
RESTS = re.compile(r"值班|不上班|no work|non-?working", re.IGNORECASE)


@dataclass
class FoundDays:
    """Dated exceptions of an import: {ISO date: intervals}, what each is called, and how far they are known."""

    exceptions: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)
    known_through: date | None = None


def countries() -> list[str]:
    """ISO codes of the countries whose official holidays are known."""
    return sorted(code for code in holidays.list_supported_countries(include_aliases=False))


def official_days(country, years, working_day, *, language=None) -> FoundDays:
    """Official days of a country: holidays are empty, make-up days (调休) work like `working_day`.

    Source: the `holidays` package. Where a country has make-up days, a year counts as known once these are gazetted;
    days of later years are left out rather than guessed.
    """
    years, this_year = set(years), clock.now().year
    # A year that is not gazetted yet has no make-up day to tell by: the last years show whether the country has any.
    found = holidays.country_holidays(country, years={*years, *range(this_year - 2, this_year + 1)}, language=language)
    worked = getattr(found, "weekend_workdays", set())
    last = max((day.year for day in worked), default=None)
    known = years if last is None else {year for year in years if year <= last}
    make_up = {day for day in worked if day.year in known}
    rests = {day: name for day, name in found.items() if day.year in known}
    exceptions = {day.isoformat(): [] for day in rests} | {day.isoformat(): working_day for day in make_up}
    labels = {day.isoformat(): name[:60] for day, name in rests.items()}
    labels |= {day.isoformat(): _("Make-up day") for day in make_up}
    known_through = date(max(known), 12, 31) if last and known else None
    return FoundDays(dict(sorted(exceptions.items())), labels, known_through)


def days_from_ics(content: bytes, years, working_day) -> FoundDays:
    """All-day events of an iCalendar file within `years`: a holiday each, unless its summary says it is worked.

    Recurring events are expanded within these years. Timed events are left out: they are appointments. Raises
    InvalidInput for a file that is too long, is no iCalendar file or holds no all-day event in these years.
    """
    years = list(years)
    first, last = date(min(years), 1, 1), date(max(years), 12, 31)
    found = FoundDays()
    for event in _events_in(content):
        summary = str(event.get("SUMMARY", ""))[:60]
        is_worked = bool(IS_WORKED.search(summary)) and not RESTS.search(summary)
        for day in _days_of(event, first, last):
            found.exceptions[day.isoformat()] = working_day if is_worked else []
            found.labels[day.isoformat()] = summary
    if not found.exceptions:
        raise _wrong(_("There is no all-day event between %(first)s and %(last)s in this file."), first, last)
    found.exceptions = dict(sorted(found.exceptions.items()))
    return found


def _events_in(content):
    if len(content) > BYTES_AT_MOST:
        raise InvalidInput({"file": [_("The file is larger than 1 MB.")]})
    try:
        events = [event for part in ICalendar.from_ical(content, multiple=True) for event in part.walk("VEVENT")]
    except (ValueError, IndexError, KeyError, UnicodeDecodeError) as error:
        raise InvalidInput({"file": [_("This is not an iCalendar file (.ics).")]}) from error
    if not events or len(events) > EVENTS_AT_MOST:
        raise InvalidInput({"file": [_("An iCalendar file with 1 to 5,000 events is expected.")]})
    return events


def _days_of(event, first, last):
    """The dates within [first, last] that an all-day event covers."""
    try:
        start, end = event.decoded("DTSTART"), event.decoded("DTEND", None)
        if isinstance(start, datetime):
            return
        length = max(1, (end - start).days) if end else 1
        for begin in _starts_of(event, start, first, last):
            for offset in range(min(length, 366)):
                day = begin + timedelta(offset)
                if first <= day <= last:
                    yield day
    except (KeyError, ValueError, TypeError) as error:
        raise InvalidInput({"file": [_("An event in this file has no valid date.")]}) from error


def _starts_of(event, start, first, last):
    """The dates on which a yearly event begins, early enough to reach into [first, last]; else its own date."""
    if "RRULE" not in event:
        return [start]
    rules = event["RRULE"]
    rule = (rules[0] if isinstance(rules, list) else rules).to_ical().decode()
    midnight = datetime(start.year, start.month, start.day)
    if "FREQ=YEARLY" not in rule or re.search("BY(HOUR|MINUTE|SECOND)", rule):
        raise InvalidInput({"file": [_("Of repeated events only yearly ones are understood.")]})
    rule = re.sub(r"UNTIL=(\d{8})T\d{6}Z?", r"UNTIL=\1", rule)
    window = datetime(first.year - 1, 1, 1), datetime(last.year, 12, 31)
    return [found.date() for found in rrulestr(rule, dtstart=midnight).between(*window, inc=True)]


def _wrong(message, first, last):
    return InvalidInput({"file": [message % {"first": first.isoformat(), "last": last.isoformat()}]})
