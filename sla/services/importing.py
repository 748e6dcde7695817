"""Dated exceptions from elsewhere: official holidays with their make-up days, and iCalendar files."""

import re
from collections import defaultdict
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
DAYS_AT_MOST = 366
PROBLEMS_SHOWN = 5
# What an event's days are read from; anything else in it may be broken.
MEANT = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
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

    Yearly events are expanded within these years, without their EXDATEs; an event with a RECURRENCE-ID takes the
    place of that occurrence, a cancelled one takes it away. Timed events are left out: they are appointments. Raises
    InvalidInput, line by line, for a file that is too long, is no iCalendar file, holds an event that cannot be
    understood or no all-day event in these years.
    """
    years = list(years)
    first, last = date(min(years), 1, 1), date(max(years), 12, 31)
    events, found, wrong = _events_in(content), FoundDays(), []
    moved = _moved(events)
    for line, event in events:
        summary = str(event.get("SUMMARY", ""))[:60]
        is_worked = bool(IS_WORKED.search(summary)) and not RESTS.search(summary)
        try:
            for day in _days_of(event, first, last, without=moved[str(event.get("UID"))]):
                found.exceptions[day.isoformat()] = working_day if is_worked else []
                found.labels[day.isoformat()] = summary
        except _NotUnderstood as problem:
            wrong.append(_at(line, problem))
        except (TypeError, ValueError, AttributeError, OverflowError):
            wrong.append(_at(line, _("The dates of this event cannot be read.")))
    if wrong:
        raise InvalidInput({"file": wrong[:PROBLEMS_SHOWN]})
    if not found.exceptions:
        none = _("There is no all-day event between %(first)s and %(last)s in this file.")
        raise InvalidInput({"file": [none % {"first": first.isoformat(), "last": last.isoformat()}]})
    found.exceptions = dict(sorted(found.exceptions.items()))
    return found


class _NotUnderstood(Exception):
    """Says in words why an event cannot be taken over."""


def _events_in(content) -> list[tuple]:
    """(number of its line, event) of every event."""
    if len(content) > BYTES_AT_MOST:
        raise InvalidInput({"file": [_("The file is larger than 1 MB.")]})
    try:
        lines = content.decode("utf-8-sig").splitlines()
        events = [event for part in ICalendar.from_ical(content, multiple=True) for event in part.walk("VEVENT")]
    except UnicodeDecodeError as error:
        raise InvalidInput({"file": [_("This is not an iCalendar file (.ics).")]}) from error
    except (ValueError, IndexError, KeyError) as error:
        raise InvalidInput({"file": [_not_icalendar(lines)]}) from error
    begins = [number for number, line in enumerate(lines, start=1) if line.strip().upper() == "BEGIN:VEVENT"]
    if len(events) != len(begins):
        raise InvalidInput({"file": [_("This iCalendar file is cut off: an END line is missing.")]})
    if not events or len(events) > EVENTS_AT_MOST:
        raise InvalidInput({"file": [_("An iCalendar file with 1 to 5,000 events is expected.")]})
    return list(zip(begins, events, strict=True))


def _not_icalendar(lines) -> str:
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        return _("This is not an iCalendar file (.ics).")
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith((" ", "\t")) and ":" not in line:
            return _at(number, _("NAME:value is expected here."))
    return _("This is not an iCalendar file (.ics).")


def _at(line, problem) -> str:
    return _("Line %(line)s: %(problem)s") % {"line": line, "problem": problem}


def _moved(events) -> dict:
    """{UID: the occurrences of a repeated event that other events of the file take the place of}."""
    moved = defaultdict(set)
    for _line, event in events:
        if "RECURRENCE-ID" in event and not isinstance(event["RECURRENCE-ID"], list):
            moved[str(event.get("UID"))].add(_date(event.decoded("RECURRENCE-ID")))
    return moved


def _days_of(event, first, last, *, without):
    """The dates within [first, last] that an all-day event covers."""
    broken = [name for name, _problem in event.errors if name in MEANT]
    if broken or "DTSTART" not in event:
        name = broken[0] if broken else "DTSTART"
        raise _NotUnderstood(_("This event has no valid %(name)s.") % {"name": name})
    start = event.decoded("DTSTART")
    if isinstance(start, datetime) or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    if "RECURRENCE-ID" in event and event["RECURRENCE-ID"].params.get("RANGE"):
        raise _NotUnderstood(_("A change of all later occurrences is not understood: end the event, begin another."))
    begins = {start} if "RECURRENCE-ID" in event else {*_starts_of(event, start, first, last)} - without
    for begin in sorted(begins):
        for offset in range(_length(event, start)):
            day = begin + timedelta(offset)
            if first <= day <= last:
                yield day


def _length(event, start) -> int:
    """In days, one at least."""
    end = event.decoded("DTEND", None)
    length = _date(end) - start if end else event.decoded("DURATION", timedelta(1))
    if length < timedelta(0):
        raise _NotUnderstood(_("This event ends before it begins."))
    return min(max(1, length.days), DAYS_AT_MOST)


def _starts_of(event, start, first, last) -> set[date]:
    """The dates on which an event begins, early enough to reach into [first, last], without those it leaves out."""
    starts = {start} | _dates(event, "RDATE")
    if "RRULE" in event:
        rules = event["RRULE"]
        rule = (rules[0] if isinstance(rules, list) else rules).to_ical().decode()
        if "FREQ=YEARLY" not in rule or re.search("BY(HOUR|MINUTE|SECOND)", rule):
            raise _NotUnderstood(_("Of repeated events only yearly ones are understood."))
        rule = re.sub(r"UNTIL=(\d{8})T\d{6}Z?", r"UNTIL=\1", rule)
        window = datetime(first.year - 1, 1, 1), datetime(last.year, 12, 31)
        try:
            occurrences = rrulestr(rule, dtstart=datetime(start.year, start.month, start.day))
        except ValueError as error:
            raise _NotUnderstood(_("This event has no valid %(name)s.") % {"name": "RRULE"}) from error
        starts |= {found.date() for found in occurrences.between(*window, inc=True)}
    return starts - _dates(event, "EXDATE")


def _dates(event, name) -> set[date]:
    """The dates of a property that may stand several times, each with several values."""
    rows = event.get(name, [])
    return {_date(value.dt) for row in (rows if isinstance(rows, list) else [rows]) for value in row.dts}


def _date(value) -> date:
    return value.date() if isinstance(value, datetime) else value
