"""Spans of seconds: the arithmetic under business time, free of calendars and of any state.

Wall-clock intervals of one local day, the union of overlapping ones, tables of UTC spans with running sums,
and the cutting of the time line at every change of a zone's UTC offset.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = 86_400
PROBE = DAY // 4  # two offset changes closer together than this would be missed; no zone ever had them

Interval = tuple[int, int]  # half open, in seconds: of a local day (0 .. 86400) or since the Unix epoch
OffsetPiece = tuple[int, int, int]  # start, end, and the UTC offset in seconds that holds in between


def wall_seconds(text: str) -> int:
    """Seconds since local midnight of "HH:MM" or "HH:MM:SS"; "24:00" is the end of the day."""
    parts = text.split(":")
    if len(parts) not in (2, 3) or not all(len(part) == 2 and part.isdigit() for part in parts):
        raise ValueError(f"not a time of day: {text!r}")
    hours, minutes, seconds = (*map(int, parts), 0)[:3]
    value = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or value > DAY:
        raise ValueError(f"not a time of day: {text!r}")
    return value


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same seconds as sorted, disjoint, non-touching intervals: overlaps count once."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def intersection(left: Iterable[Interval], right: Iterable[Interval]) -> tuple[Interval, ...]:
    """The seconds that are in both; each side sorted and disjoint, as `union` gives it."""
    left, right, common = list(left), list(right), []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            common.append((start, end))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(common)


def without(intervals: Iterable[Interval], taken: Iterable[Interval]) -> tuple[Interval, ...]:
    """The seconds of sorted, disjoint `intervals` that are in none of `taken`, whatever order these are in."""
    left, taken = [], union(taken)
    for start, end in intervals:
        for low, high in taken:
            if low < end and high > start:
                if start < low:
                    left.append((start, low))
                start = max(start, high)
        if start < end:
            left.append((start, end))
    return tuple(left)


def split_at_midnight(intervals: Iterable[tuple[str, str]]) -> tuple[list[Interval], list[Interval]]:
    """(pieces on the date itself, pieces on the next date): an interval whose end is not after its start
    is an overnight shift and becomes one piece on each of the two dates."""
    today, tomorrow = [], []
    for start_text, end_text in intervals:
        start, end = wall_seconds(start_text), wall_seconds(end_text)
        if start == DAY:
            raise ValueError("an interval cannot start at 24:00")
        if start < end:
            today.append((start, end))
        else:
            today.append((start, DAY))
            tomorrow.append((0, end))
    return today, tomorrow


class SpanTable(NamedTuple):
    """The working spans of [low, high) with running sums from `low` on, all in seconds."""

    low: int
    high: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[int, ...]  # working seconds before each span
    upto: tuple[int, ...]  # working seconds up to the end of each span

    @classmethod
    def of(cls, low: int, high: int, spans: list[Interval]) -> "SpanTable":
        before, upto, total = [], [], 0
        for start, end in spans:
            before.append(total)
            total += end - start
            upto.append(total)
        starts, ends = tuple(s for s, _ in spans), tuple(e for _, e in spans)
        return cls(low, high, starts, ends, tuple(before), tuple(upto))

    def worked(self, instant: int) -> int:
        """Working seconds in [low, instant)."""
        index = bisect_right(self.starts, instant) - 1
        if index < 0:
            return 0
        return self.before[index] + min(instant, self.ends[index]) - self.starts[index]

    def total(self) -> int:
        """Working seconds in [low, high)."""
        return self.upto[-1] if self.upto else 0

    def spans(self) -> list[Interval]:
        return list(zip(self.starts, self.ends, strict=True))


def join(left: list[Interval], right: list[Interval]) -> list[Interval]:
    """Two consecutive span lists as one; touching spans (around the clock) melt together."""
    spans = left.copy()
    for start, end in right:
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def constant_offset_pieces(zone: ZoneInfo, low: int, high: int) -> Iterator[OffsetPiece]:
    """(start, end, UTC offset) pieces that tile [low, high); each change is found to the second."""

    def offset_at(instant: int) -> int:
        shift = datetime.fromtimestamp(instant, zone).utcoffset()
        return shift.days * DAY + shift.seconds

    start, offset = low, offset_at(low)
    probe = low
    while probe < high:
        next_probe = min(probe + PROBE, high)
        while offset_at(next_probe) != offset:
            same, changed = probe, next_probe
            while changed - same > 1:
                middle = (same + changed) // 2
                if offset_at(middle) == offset:
                    same = middle
                else:
                    changed = middle
            if changed >= high:
                break
            yield start, changed, offset
            start, probe, offset = changed, changed, offset_at(changed)
        probe = next_probe
    if start < high:
        yield start, high, offset
