"""A calendar version as a year of twelve small months."""

import calendar as months
from dataclasses import dataclass
from datetime import date

from sla.selectors.hours import hours_in_words


@dataclass(frozen=True)
class Day:
    """`kind`: working | free by the week; holiday | make_up | exception by an entry of its own date."""

    on: date
    kind: str
    hours: str
    label: str


@dataclass(frozen=True)
class Month:
    first: date
    weeks: list[list[Day | None]]


def year_of(version, year) -> tuple[list[Month], list[Day]]:
    """(twelve months of weeks that begin on Monday, the year's dated exceptions in order)."""
    weeks = months.Calendar(firstweekday=0)
    shown = [
        Month(
            date(year, month, 1),
            [
                [_day(version, on) if on.month == month else None for on in week]
                for week in weeks.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]
    dated = [date.fromisoformat(day) for day in sorted(version.exceptions) if day.startswith(f"{year:04d}-")]
    return shown, [_day(version, on) for on in dated]


def _day(version, on) -> Day:
    key, usual = on.isoformat(), version.weekly.get(str(on.isoweekday()), [])
    if key not in version.exceptions:
        return Day(on, "working" if usual else "free", hours_in_words(usual), "")
    hours = version.exceptions[key]
    kind = "holiday" if not hours else "exception" if usual else "make_up"
    return Day(on, kind, hours_in_words(hours), version.labels.get(key, ""))
