"""When something that repeats by a rule happens: RFC 5545 in wall-clock time, told as instants.

A rule is expanded in the wall clock of its zone and each opening then becomes an instant: an opening that summer time
skips happens an hour later, one that it repeats happens the first time (RFC 5545, 3.3.5). From there the length is
exact, so that a window of four hours is four hours long on every day of the year.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

# What a rule may say. How often it counts and when it ends is said by dates, at what time by a time.
PARTS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYWEEKNO", "BYYEARDAY", "WKST"}
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_RULE = re.compile(r"[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*")
# A rule that does not happen within these days of its beginning (29 February may take eight years) never does.
SOON = timedelta(days=8 * 366)

DAYS = [
    ("MO", pgettext_lazy("weekday", "Mon")),
    ("TU", pgettext_lazy("weekday", "Tue")),
    ("WE", pgettext_lazy("weekday", "Wed")),
    ("TH", pgettext_lazy("weekday", "Thu")),
    ("FR", pgettext_lazy("weekday", "Fri")),
    ("SA", pgettext_lazy("weekday", "Sat")),
    ("SU", pgettext_lazy("weekday", "Sun")),
]
WEEKS = [
    ("1", gettext_lazy("first")),
    ("2", gettext_lazy("second")),
    ("3", gettext_lazy("third")),
    ("4", gettext_lazy("fourth")),
    ("-1", pgettext_lazy("of a month", "last")),
]
REPEATS = [
    ("once", pgettext_lazy("repeats", "Once")),
    ("daily", pgettext_lazy("repeats", "Every day")),
    ("weekly", gettext_lazy("Every week, on these weekdays")),
    ("monthly", gettext_lazy("Every month, on these weekdays of these weeks")),
    ("rule", gettext_lazy("By a rule of RFC 5545")),
]
_WEEKLY = re.compile(r"FREQ=WEEKLY;BYDAY=([A-Z]{2}(?:,[A-Z]{2})*)")
_MONTHLY = re.compile(r"FREQ=MONTHLY;BYDAY=(-?\d[A-Z]{2}(?:,-?\d[A-Z]{2})*)")


def problem_with(rule, from_on) -> str | None:
    """Why a rule cannot be used, in words; None when it can."""
    if not _RULE.fullmatch(rule):
        return _("Write it like FREQ=MONTHLY;BYDAY=1SU.")
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    if foreign := sorted(parts.keys() - PARTS):
        return _("This is not understood here: %(parts)s.") % {"parts": ", ".join(foreign)}
    if parts.get("FREQ") not in FREQUENCIES:
        return _("FREQ is DAILY, WEEKLY, MONTHLY or YEARLY.")
    if not re.fullmatch(r"[1-9]\d{0,2}", parts.get("INTERVAL", "1")):  # dateutil would count on the spot for ever
        return _("INTERVAL is a whole number from 1 to 999.")
    begin = datetime.combine(from_on, datetime.min.time())
    try:
        first = next(iter(_bounded(rule, begin, begin + SOON)), None)
    except ValueError:
        return _("Write it like FREQ=MONTHLY;BYDAY=1SU.")
    return None if first else _("This never happens.")


def occurrences(*, rule, zone, from_on, opens_at, until_on, lasts_for, low, high) -> list[tuple[datetime, datetime]]:
    """(start, end) in UTC of everything that lies at least partly between the aware instants `low` and `high`.

    `lasts_for` is in minutes. Without a rule it happens once. Bounded by `high`, whatever the rule says.
    """
    place, length = ZoneInfo(zone), timedelta(minutes=lasts_for)
    begin = datetime.combine(from_on, opens_at)
    # A day more on both sides, because the wall clock is not UTC.
    earliest = low.astimezone(place).replace(tzinfo=None) - length - timedelta(days=1)
    latest = high.astimezone(place).replace(tzinfo=None) + timedelta(days=1)
    if until_on is not None:
        latest = min(latest, datetime.combine(until_on, datetime.max.time()))
    opened = _bounded(rule, begin, latest).between(earliest, latest, inc=True) if rule else [begin]
    found = []
    for wall in opened:
        start = wall.replace(tzinfo=place).astimezone(low.tzinfo)
        if start < high and start + length > low:
            found.append((start, start + length))
    return found


def _bounded(rule, begin, latest):
    return rrulestr(rule, dtstart=begin).replace(until=latest)


def rule_of(repeats, weekdays=(), weeks=(), rule="") -> str:
    """The RFC 5545 rule that the choices of the form stand for."""
    if repeats == "weekly":
        return f"FREQ=WEEKLY;BYDAY={','.join(weekdays)}"
    if repeats == "monthly":
        return f"FREQ=MONTHLY;BYDAY={','.join(week + day for week in weeks for day in weekdays)}"
    return {"once": "", "daily": "FREQ=DAILY"}.get(repeats, rule)


def choices_of(rule) -> dict:
    """The choices of the form that stand for a rule; a rule that none stand for is shown as it is."""
    simple = {"": "once", "FREQ=DAILY": "daily"}
    if rule in simple:
        return {"repeats": simple[rule]}
    found = {"repeats": "rule", "rule": rule}
    if weekly := _WEEKLY.fullmatch(rule):
        found = {"repeats": "weekly", "weekdays": weekly[1].split(",")}
    elif monthly := _MONTHLY.fullmatch(rule):
        days = monthly[1].split(",")
        weeks, weekdays = [list(dict.fromkeys(part)) for part in zip(*((d[:-2], d[-2:]) for d in days), strict=True)]
        if rule_of("monthly", weekdays, weeks) == rule:
            found = {"repeats": "monthly", "weekdays": weekdays, "weeks": weeks}
    return found


def words_of(rule) -> str:
    """A rule as people say it; one that no choice of the form stands for as it is written. Once: empty."""
    chosen = choices_of(rule)
    days = ", ".join(str(dict(DAYS)[day]) for day in chosen.get("weekdays", ()))
    if chosen["repeats"] == "weekly":
        return _("every week on %(days)s") % {"days": days}
    if chosen["repeats"] == "monthly":
        weeks = ", ".join(str(dict(WEEKS)[week]) for week in chosen["weeks"])
        return _("every month on the %(weeks)s %(days)s") % {"weeks": weeks, "days": days}
    return {"daily": _("every day")}.get(chosen["repeats"], rule)
