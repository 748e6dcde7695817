"""The coming weeks of a roster, day by day, as its page prints them; who works now: `on_shift`, `on_call`."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.selectors.coverage import on_shift
from accounts.selectors.rosters import Plan, Shift, on_call

__all__ = ["WEEKS", "Day", "on_call", "on_shift", "weeks_of"]

WEEKS = 4


@dataclass(frozen=True)
class Day:
    """A date in the roster's zone with the shifts that touch it; `from_time` is empty for one that was on before."""

    on: date
    is_today: bool
    parts: list[tuple[str, Shift]]


def weeks_of(plan: Plan, now) -> list[list[Day]]:
    """Four weeks from the Monday of the present one."""
    zone = ZoneInfo(plan.roster.zone)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    return [[_day(plan, monday + timedelta(days=7 * w + d), today, zone) for d in range(7)] for w in range(WEEKS)]


def _day(plan, on, today, zone):
    start, end = (datetime.combine(day, time(), zone) for day in (on, on + timedelta(days=1)))
    shifts = plan.shifts(start, end)
    parts = [("" if s.start_at <= start else f"{s.start_at.astimezone(zone):%H:%M}", s) for s in shifts]
    return Day(on, on == today, parts)
