"""Business time against businesstimedelta on the same intervals. Run by hand; the ratio is printed and asserted."""

import warnings
from datetime import UTC, datetime, time, timedelta
from random import Random
from time import perf_counter

import pytest

from core.business_time import BusinessCalendar

# The rival fails where it knows no next holiday; near ones keep its search for it short.
HOLIDAYS = [
    "2026-01-01",
    "2026-02-17",
    "2026-04-05",
    "2026-05-01",
    "2026-06-19",
    "2026-10-01",
    "2027-01-01",
    "2027-05-01",
]
AT_LEAST = 100


@pytest.fixture
def rival():
    """Weekdays 09:00–12:00 and 13:30–18:00 by rules of businesstimedelta, which counts naive local times here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import businesstimedelta
    days = [0, 1, 2, 3, 4]
    morning = businesstimedelta.WorkDayRule(start_time=time(9), end_time=time(12), working_days=days)
    afternoon = businesstimedelta.WorkDayRule(start_time=time(13, 30), end_time=time(18), working_days=days)
    dates = {datetime.fromisoformat(day).date(): day for day in HOLIDAYS}
    holidays = businesstimedelta.HolidayRule(dates)
    return businesstimedelta.Rules([morning, afternoon, holidays])


@pytest.fixture
def ours():
    weekly = {day: [("09:00", "12:00"), ("13:30", "18:00")] for day in range(1, 6)}
    return BusinessCalendar.of("UTC", weekly, {day: [] for day in HOLIDAYS})


@pytest.mark.parametrize("longest", [3, 30, 120], ids=lambda days: f"up to {days} days")
def test_elapsed_is_a_hundred_times_faster_than_businesstimedelta(rival, ours, longest):
    dice = Random(1)
    begin = datetime(2026, 1, 5)
    spans = []
    for _ in range(60):
        start = begin + timedelta(minutes=dice.randrange(300 * 1440))
        spans.append((start, start + timedelta(minutes=dice.randrange(1, longest * 1440))))
    aware = [(start.replace(tzinfo=UTC), end.replace(tzinfo=UTC)) for start, end in spans]
    ours.elapsed(*aware[0])  # compiled once for a calendar version, not once for a question
    started = perf_counter()
    slow = [int(rival.difference(start, end).timedelta.total_seconds()) for start, end in spans]
    theirs = perf_counter() - started
    rounds = 50
    started = perf_counter()
    for _ in range(rounds):
        fast = [ours.elapsed(start, end) for start, end in aware]
    mine = (perf_counter() - started) / rounds
    print(f"\n{theirs / len(spans) * 1e6:.0f} µs against {mine / len(spans) * 1e6:.2f} µs: {theirs / mine:.0f} times")
    assert fast == slow
    assert theirs / mine >= AT_LEAST
