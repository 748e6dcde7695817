"""Where the time zone rules installed now say something else than those a calendar version was published under."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core import clock
from core.business_time import BusinessCalendar, epoch_seconds, instant_of
from core.spans import Interval

AHEAD = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Difference:
    """A working span that begins or ends at another instant; None where it exists only under the other rules."""

    before: tuple[datetime, datetime] | None
    after: tuple[datetime, datetime] | None


def differences(version) -> list[Difference]:
    """Working spans of the next three years that the installed rules would move. Empty where none were recorded."""
    if not version.offsets:
        return []
    low = epoch_seconds(clock.now())
    high = min(low + int(AHEAD.total_seconds()), version.offsets[-1][1])
    installed = BusinessCalendar.of(version.zone, version.weekly, version.exceptions)
    before = _by_day(version.compiled().span_seconds(low, high), version)
    after = _by_day(installed.span_seconds(low, high), version)
    moved = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    return [Difference(_instants(before.get(key)), _instants(after.get(key))) for key in moved]


def _by_day(spans, version) -> dict[tuple, Interval]:
    """Spans by date and order within it, as the version's zone counts dates."""
    zone, numbered, seen = ZoneInfo(version.zone), {}, {}
    for span in spans:
        day = datetime.fromtimestamp(span[0], zone).date()
        seen[day] = seen.get(day, 0) + 1
        numbered[day, seen[day]] = span
    return numbered


def _instants(span):
    return span and (instant_of(span[0]), instant_of(span[1]))
