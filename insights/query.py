"""What an address of the dashboard asks for. The address is the query; nothing else is kept."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from insights import periods
from insights.rules import AGE_BOUNDS

DEFAULT = "30"
SPANS = {"7": 7, "30": 30, "90": 90}
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Query:
    """Period and filters; `age`, `weekday` and `hour` name one bar or cell of a chart. Empty means "any"."""

    period: str = DEFAULT
    since: date | None = None
    until: date | None = None
    organisation: str = ""
    team: str = ""
    service: str = ""
    priority: str = ""
    age: str = ""
    weekday: str = ""
    hour: str = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.organisation or self.team or self.service or self.priority)

    def window(self) -> periods.Period:
        """The period in the reader's time zone, as of now."""
        zone = timezone.get_current_timezone()
        today = timezone.localdate(clock.now(), zone)
        if self.period == "custom":
            return periods.Period(self.since, self.until, zone)
        if self.period == "month":
            return periods.this_month(today, zone)
        if self.period.startswith("y"):
            return periods.year(int(self.period[1:]), today, zone)
        return periods.last_days(SPANS[self.period], today, zone)

    def during(self, period) -> "Query":
        """The same filters over another period."""
        return replace(self, period="custom", since=period.first, until=period.last)

    def whole(self) -> "Query":
        """The same without a single bar or cell."""
        return replace(self, age="", weekday="", hour="")

    def unfiltered(self) -> "Query":
        """The same period of everything."""
        return Query(period=self.period, since=self.since, until=self.until)

    def encoded(self, **more) -> str:
        """This query as a query string, in one spelling, without what says nothing."""
        out = QueryDict(mutable=True)
        given = {
            "period": "" if self.period == DEFAULT else self.period,
            "from": self.since.isoformat() if self.period == "custom" else "",
            "to": self.until.isoformat() if self.period == "custom" else "",
            **{name: getattr(self, name) for name in _PLAIN},
            **more,
        }
        for name, value in given.items():
            if value not in ("", None):
                out[name] = str(value)
        return out.urlencode()


_PLAIN = ("organisation", "team", "service", "priority", "age", "weekday", "hour")


def read(data) -> tuple[Query, str]:
    """The query that `data` (a QueryDict) asks for, and what is wrong with its dates, in words, or an empty string.

    Values that cannot be are dropped: an old or mistyped address still shows figures.
    """
    period = data.get("period", DEFAULT)
    since, until, problem = None, None, ""
    if period == "custom":
        since, until = _day(data.get("from", "")), _day(data.get("to", ""))
        problem = _problem_of(since, until)
    if problem or not _is_known(period):
        period, since, until = DEFAULT, None, None
    query = Query(
        period=period,
        since=since,
        until=until,
        organisation=_key(data.get("organisation", "")),
        team=_key(data.get("team", ""), "none"),
        service=_key(data.get("service", ""), "none"),
        priority=_one_of(data.get("priority", ""), ("1", "2", "3", "4")),
        age=_one_of(data.get("age", ""), AGE_BOUNDS),
        weekday=_one_of(data.get("weekday", ""), list("1234567")),
        hour=_one_of(data.get("hour", ""), [str(hour) for hour in range(24)]),
    )
    return query, problem


def _problem_of(since, until) -> str:
    if since is None or until is None:
        return _("Give both days of the period, for example 2026-01-01 and 2026-03-31. The last 30 days are shown.")
    if until < since:
        return _("The period ends before it begins. The last 30 days are shown.")
    if (until - since).days >= periods.LONGEST:
        return _("A period is at most five years long. The last 30 days are shown.")
    return ""


def _is_known(period) -> bool:
    if period in SPANS or period in ("month", "custom"):
        return True
    number = period[1:]
    is_year = period.startswith("y") and number.isascii() and number.isdecimal() and len(number) == 4
    return is_year and _FIRST_YEAR <= int(number) <= _LAST_YEAR


def _day(text) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _key(text, *words) -> str:
    return text if text in words or (text.isascii() and text.isdecimal() and len(text) < 18) else ""


def _one_of(text, known) -> str:
    return text if text and text in known else ""
