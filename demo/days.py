"""When people report faults: the rhythm of hours, weekdays, seasons and holidays."""

import random
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.business_time import BusinessCalendar

ZONE = ZoneInfo("Asia/Shanghai")
# Monday brings the faults of the weekend; some people work on Saturdays.
WEEKDAYS = (1.35, 1.1, 1.0, 1.0, 0.95, 0.16, 0.08)
# Spring Festival empties February; year-end closing and the autumn's orders fill the last quarter.
MONTHS = (1.1, 0.8, 1.1, 1.0, 0.95, 1.0, 1.1, 1.0, 1.05, 1.0, 1.15, 1.25)
HOURS = {7: 2, 8: 9, 9: 17, 10: 15, 11: 9, 12: 2, 13: 8, 14: 12, 15: 11, 16: 8, 17: 4, 18: 2, 19: 1, 20: 1}


def instant(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


def rush(day: date, calendar: BusinessCalendar) -> float:
    """How much is reported on a day, relative to a plain working day."""
    is_open = calendar.elapsed(instant(day, 0), instant(day, 0) + timedelta(days=1)) > 0
    weight = WEEKDAYS[day.weekday()] if day.weekday() > 4 or is_open else 0.06
    if is_open and day.weekday() > 4:
        weight = 0.8  # a make-up day
    return weight * MONTHS[day.month - 1]


def arrivals(first: date, last: date, total: int, calendar, seed) -> list[datetime]:
    """About `total` instants from `first` to `last` inclusive, in order; each day is drawn from its own seed."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weights = [rush(day, calendar) for day in days]
    scale = total / (sum(weights) or 1)
    found = []
    for day, weight in zip(days, weights, strict=True):
        rng = random.Random(f"{seed} {day}")
        wanted = weight * scale
        number = int(wanted) + (rng.random() < wanted % 1)
        number = max(0, round(number * rng.uniform(0.75, 1.25)))
        for hour in rng.choices(list(HOURS), list(HOURS.values()), k=number):
            found.append(instant(day, hour, rng.randrange(60)) + timedelta(seconds=rng.randrange(60)))
    return sorted(found)


def started(calendar: BusinessCalendar, due: datetime, seconds: int) -> datetime:
    """The instant from which `seconds` of working time end at `due`."""
    low, high = due - timedelta(days=60), due
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if calendar.elapsed(middle, due) >= seconds else (low, middle)
    return low.replace(microsecond=0)
