"""Business time: which seconds count, how many there are, and when the next ones are used up.

A :class:`BusinessCalendar` is a value: a time zone, weekly working hours and dated exceptions. It is
compiled on demand into working spans in UTC with a running sum, so that both questions a service level
ever asks are one bisection:

``elapsed(a, b)``   working seconds in [a, b)
``add(a, seconds)`` the earliest instant t with elapsed(a, t) >= seconds

A second counts iff the wall clock in the calendar's zone shows working time at that second. Expansion
therefore goes from instants to wall time: the time line is cut at every change of the UTC offset and
working hours are intersected inside each piece. Converting the two ends of an interval from wall time to
UTC, as most calendars do, is wrong twice a year: in a gap (those minutes do not exist) and in a fold
(those minutes happen twice, and both passes count).

Instants are whole seconds. Methods named ``*_seconds`` take and give integer seconds since the Unix
epoch; the others take and give aware datetimes.
"""

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.spans import DAY, Interval, OffsetPiece, SpanTable, constant_offset_pieces, join, split_at_midnight, union

WEEK = 7 * DAY
CHUNK = 371 * DAY  # how much is compiled at a time: a little over a year
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()

# The time line on which calendars are defined. Every question outside it is answered "never" (add) or
# refused (elapsed): a mistyped year 9999 must not cost eight thousand years of spans.
EARLIEST = int(datetime(1900, 1, 1, tzinfo=UTC).timestamp())
LATEST = int(datetime(2400, 1, 1, tzinfo=UTC).timestamp())


class OutsideTimeLine(ValueError):
    """An instant before 1900 or after 2399: no calendar is defined there."""


def epoch_seconds(instant: datetime) -> int:
    """Whole seconds since the Unix epoch of an aware datetime; a fraction of a second is dropped."""
    if instant.tzinfo is None:
        raise ValueError(f"naive datetime: {instant!r}")
    return int(instant.timestamp() // 1)


def instant_of(seconds: int) -> datetime:
    """The aware UTC datetime of whole seconds since the Unix epoch."""
    return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True)
class BusinessCalendar:
    """One immutable version of a working calendar. Equal values count equal seconds.

    ``weekly``      seven tuples of intervals, Monday first
    ``exceptions``  (day number since 1970-01-01, intervals) sorted; an exception *replaces* all working
                    time of its local date: a holiday has no interval, a make-up day has its own
    """

    zone: str
    weekly: tuple[tuple[Interval, ...], ...]
    exceptions: tuple[tuple[int, tuple[Interval, ...]], ...] = ()
    offsets: tuple[OffsetPiece, ...] = ()

    @classmethod
    def of(
        cls,
        zone: str,
        weekly: Mapping[int | str, Iterable[tuple[str, str]]],
        exceptions: Mapping[date | str, Iterable[tuple[str, str]]] | None = None,
        offsets: Iterable[OffsetPiece] = (),
    ) -> "BusinessCalendar":
        """Build a calendar from wall-clock texts.

        ``weekly`` maps ISO weekdays (1 = Monday) to [("09:00", "12:00"), ...]; ``exceptions`` maps local
        dates to the intervals that replace them. Overnight shifts (("22:00", "06:00")) become two pieces
        on two dates, so a holiday removes exactly its own date and the morning after it stays; the second
        piece of an exception's overnight shift yields to an exception on that next date. ``offsets`` are the
        zone's UTC offsets as they were recorded (``constant_offset_pieces``): where they reach, the zone rules
        installed today have no say, so an update of these rules never changes what was counted.
        Raises ValueError for an unknown zone, weekday or time of day.
        """
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"unknown time zone: {zone!r}") from error
        week: list[list[Interval]] = [[] for _ in range(7)]
        for weekday, intervals in weekly.items():
            number = int(weekday)
            if not 1 <= number <= 7:
                raise ValueError(f"not an ISO weekday: {weekday!r}")
            today, tomorrow = split_at_midnight(intervals)
            week[number - 1].extend(today)
            week[number % 7].extend(tomorrow)
        dated: dict[int, list[Interval]] = {}
        spilled: dict[int, list[Interval]] = {}
        for day, intervals in (exceptions or {}).items():
            number = (date.fromisoformat(day) if isinstance(day, str) else day).toordinal() - EPOCH_ORDINAL
            today, tomorrow = split_at_midnight(intervals)
            dated[number] = today
            if tomorrow:
                spilled[number + 1] = tomorrow
        for number, pieces in spilled.items():
            if number not in dated:
                dated[number] = [*week[(number + 3) % 7], *pieces]
        return cls(
            zone,
            tuple(union(day) for day in week),
            tuple((number, union(dated[number])) for number in sorted(dated)),
            tuple((start, end, offset) for start, end, offset in offsets),
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of zone, hours and exceptions: the same on every machine, whatever zone rules it has."""
        content = json.dumps([self.zone, self.weekly, self.exceptions], separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()

    @cached_property
    def weekly_seconds(self) -> int:
        """Working wall-clock seconds of a week without exceptions."""
        return sum(end - start for day in self.weekly for start, end in day)

    # -- questions in aware datetimes

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Working seconds in [start, end); negative when end is before start."""
        return self.elapsed_seconds(epoch_seconds(start), epoch_seconds(end))

    def add(self, start: datetime, seconds: int) -> datetime | None:
        """The earliest instant t with elapsed(start, t) >= seconds; None where that never comes."""
        found = self.add_seconds(epoch_seconds(start), seconds)
        return None if found is None else instant_of(found)

    def spans(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The working spans inside [start, end), in order."""
        found = self.span_seconds(epoch_seconds(start), epoch_seconds(end))
        return [(instant_of(first), instant_of(last)) for first, last in found]

    def is_open(self, instant: datetime) -> bool:
        """Whether the second that begins at the instant counts."""
        moment = epoch_seconds(instant)
        return self.elapsed_seconds(moment, moment + 1) == 1

    # -- the same questions in epoch seconds

    def elapsed_seconds(self, start: int, end: int) -> int:
        """Working seconds in [start, end). Raises OutsideTimeLine before 1900 and after 2399."""
        if start == end:
            return 0
        table = self._covering(min(start, end), max(start, end))
        return table.worked(end) - table.worked(start)

    def add_seconds(self, start: int, seconds: int) -> int | None:
        """The earliest t with elapsed_seconds(start, t) >= seconds, so a quota used up at closing time ends
        at closing time, not at the next opening. None when no such instant exists before 2400.
        Raises ValueError for a negative quota, OutsideTimeLine for a start before 1900 or after 2399."""
        if seconds < 0:
            raise ValueError("business time can only be added forwards")
        if seconds == 0:
            return start
        table = self._covering(start, start)
        while table.total() - table.worked(start) < seconds:
            wanted = self._reach(table, seconds - table.total() + table.worked(start))
            if wanted is None:
                return None
            table = self._covering(start, wanted)
        goal = table.worked(start) + seconds
        index = bisect_left(table.upto, goal)
        found = table.starts[index] + goal - table.before[index]
        return found if found <= LATEST else None

    def span_seconds(self, start: int, end: int) -> list[Interval]:
        """The working spans inside [start, end) as epoch seconds, in order."""
        if start >= end:
            return []
        table = self._covering(start, end)
        first, last = bisect_right(table.ends, start), bisect_left(table.starts, end)
        return [(max(table.starts[i], start), min(table.ends[i], end)) for i in range(first, last)]

    # -- expansion

    def _reach(self, table: SpanTable, missing: int) -> int | None:
        """An instant up to which the table should grow to find `missing` more seconds; None when there
        are none to find. This is what makes a search in an empty calendar end at once."""
        if self.weekly_seconds:
            wait = missing * WEEK // self.weekly_seconds
            hopeless = table.high > LATEST or wait > 2 * (LATEST - EARLIEST)
            return None if hopeless else min(table.high + wait, LATEST)
        working_days = [number for number, intervals in self.exceptions if intervals]
        last = min((working_days[-1] + 3) * DAY if working_days else EARLIEST, LATEST)  # + 3: in any zone
        return last if table.high <= last else None

    def _covering(self, low: int, high: int) -> SpanTable:
        """The table, grown in whole chunks until it covers [low, high]. Growth replaces the table by a
        larger one, so concurrent readers see either."""
        table: SpanTable | None = self.__dict__.get("_compiled")
        if table and table.low <= low and high < table.high:
            return table
        if low < EARLIEST or high > LATEST:
            raise OutsideTimeLine("business time is defined from 1900 to 2399")
        if table is None:
            table = SpanTable.of(low // CHUNK * CHUNK, low // CHUNK * CHUNK, [])
        new_low = min(table.low, low // CHUNK * CHUNK)
        new_high = max(table.high, (high // CHUNK + 1) * CHUNK)
        spans = join(join([], list(self._expand(new_low, table.low))), table.spans())
        spans = join(spans, list(self._expand(table.high, new_high)))
        grown = SpanTable.of(new_low, new_high, spans)
        self.__dict__["_compiled"] = grown
        return grown

    def _expand(self, low: int, high: int) -> Iterator[Interval]:
        """The working spans of [low, high) in UTC, in order, cut at every change of the UTC offset."""
        dated = dict(self.exceptions)
        for start, end, offset in self._offset_pieces(low, high):
            wall_start, wall_end = start + offset, end + offset
            for number in range(wall_start // DAY, (wall_end - 1) // DAY + 1):
                midnight = number * DAY
                intervals = dated.get(number)
                # Day 0, 1970-01-01, was a Thursday.
                for opens, closes in self.weekly[(number + 3) % 7] if intervals is None else intervals:
                    first, last = max(midnight + opens, wall_start), min(midnight + closes, wall_end)
                    if first < last:
                        yield first - offset, last - offset

    def _offset_pieces(self, low: int, high: int) -> Iterator[OffsetPiece]:
        """(start, end, UTC offset) pieces of [low, high): as recorded, before and after that as installed."""
        zone, known = ZoneInfo(self.zone), self.offsets or ((high, high, 0),)
        yield from constant_offset_pieces(zone, low, min(high, known[0][0]))
        for start, end, offset in known:
            if max(start, low) < min(end, high):
                yield max(start, low), min(end, high), offset
        yield from constant_offset_pieces(zone, max(low, known[-1][1]), high)
