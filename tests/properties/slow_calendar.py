"""Business time the slow way: ask the wall clock at every step. Shares no code with the product."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def counts(spec: dict, instant: int) -> bool:
    """Whether the wall clock in the calendar's zone shows working time at the instant. Intervals are plain
    pairs of minutes of the day."""
    wall = datetime.fromtimestamp(instant, UTC).astimezone(ZoneInfo(spec["zone"]))
    intervals = spec["exceptions"].get(wall.date().isoformat())
    if intervals is None:
        intervals = spec["weekly"].get(wall.isoweekday(), [])
    minute = wall.hour * 60 + wall.minute
    return any(start <= minute < end for start, end in intervals)


def slow_elapsed(spec: dict, start: int, end: int, step: int) -> int:
    """Working seconds in [start, end), looked at every `step` seconds."""
    return sum(step for instant in range(start, end, step) if counts(spec, instant))


def slow_add(spec: dict, start: int, seconds: int, limit: int, step: int) -> int | None:
    """The earliest grid instant at which `seconds` have been counted; None up to the limit."""
    counted, instant = 0, start
    while counted < seconds:
        if instant >= limit:
            return None
        counted += step if counts(spec, instant) else 0
        instant += step
    return instant


def clock_text(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def product_spec(spec: dict) -> dict:
    """The same calendar in the words of the worked-case format."""
    return {
        "tz": spec["zone"],
        "weekly": {str(day): texts(intervals) for day, intervals in spec["weekly"].items()},
        "exceptions": [{"date": day, "intervals": texts(intervals)} for day, intervals in spec["exceptions"].items()],
    }


def texts(intervals: list) -> list:
    return [[clock_text(start), clock_text(end)] for start, end in intervals]
