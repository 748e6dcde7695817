"""Spans of whole days in the reader's time zone. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
# A series of days stays readable up to two months, of weeks up to two years.
MOST_DAYS, MOST_WEEKS = 62, 106
LONGEST = 1830


@dataclass(frozen=True)
class Period:
    """From the first second of `first` up to the end of `last`, as the clocks of `zone` show it."""

    first: date
    last: date
    zone: tzinfo

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def start(self) -> datetime:
        return self._midnight(self.first)

    @property
    def end(self) -> datetime:
        """The instant after the last one."""
        return self._midnight(self.last + DAY)

    @property
    def before(self) -> "Period":
        """As many days, directly before."""
        return Period(self.first - self.days * DAY, self.first - DAY, self.zone)

    @property
    def step(self) -> str:
        """By what its series counts: day, week (from Monday) or month."""
        if self.days <= MOST_DAYS:
            return "day"
        return "week" if self.days <= MOST_WEEKS * 7 else "month"

    def parts(self) -> list["Period"]:
        """The period cut at its steps; the first and the last part may be shorter."""
        parts, first = [], self.first
        while first <= self.last:
            last = min(_end_of_step(first, self.step), self.last)
            parts.append(Period(first, last, self.zone))
            first = last + DAY
        return parts

    def _midnight(self, day) -> datetime:
        return datetime.combine(day, time.min, tzinfo=self.zone)


def _end_of_step(day, step) -> date:
    if step == "day":
        return day
    if step == "week":
        return day + (6 - day.weekday()) * DAY
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def last_days(count, today, zone) -> Period:
    """`count` days, today among them."""
    return Period(today - (count - 1) * DAY, today, zone)


def this_month(today, zone) -> Period:
    return Period(today.replace(day=1), today, zone)


def year(number, today, zone) -> Period:
    """A calendar year; the present one up to today."""
    last = date(number, 12, 31)
    return Period(date(number, 1, 1), min(last, today) if number == today.year else last, zone)
