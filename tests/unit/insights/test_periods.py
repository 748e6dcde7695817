"""Spans of days, their steps, and what an address asks for."""

from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.http import QueryDict
from django.utils import timezone

from insights import query
from insights.periods import Period, last_days, this_month, year

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 23)


def test_thirty_days_hold_today_and_touch_the_period_before():
    period = last_days(30, TODAY, SHANGHAI)
    assert (period.first, period.last, period.days) == (date(2026, 10, 25), TODAY, 30)
    assert period.start.isoformat() == "2026-10-25T00:00:00+08:00"
    assert period.before.end == period.start
    assert period.before.days == 30


def test_present_year_and_month_end_today_and_past_years_are_whole():
    assert this_month(TODAY, SHANGHAI).days == 23
    assert year(2026, TODAY, SHANGHAI).last == TODAY
    assert year(2016, TODAY, SHANGHAI).days == 366


def test_day_on_which_clocks_change_has_its_own_length():
    period = Period(date(2026, 10, 25), date(2026, 10, 25), ZoneInfo("Europe/Berlin"))
    assert (period.end.timestamp() - period.start.timestamp()) / 3600 == 25


@pytest.mark.parametrize(("count", "step", "parts"), [(7, "day", 7), (90, "week", 14), (1000, "month", 34)])
def test_parts_cover_the_period_without_gap_or_overlap(count, step, parts):
    period = last_days(count, TODAY, SHANGHAI)
    found = period.parts()
    assert (period.step, len(found)) == (step, parts)
    assert found[0].first == period.first
    assert found[-1].last == period.last
    assert all(a.end == b.start for a, b in pairwise(found))
    if step == "week":
        assert {part.first.weekday() for part in found[1:]} == {0}


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("period=custom&from=2026-02-01", "Give both days"),
        ("period=custom&from=2026-02-30&to=2026-03-01", "Give both days"),
        ("period=custom&from=9999-01-01&to=9999-12-31", "Give both days"),
        ("period=custom&from=2026-03-01&to=2026-02-01", "ends before it begins"),
        ("period=custom&from=2000-01-01&to=2026-02-01", "at most five years"),
    ],
)
def test_dates_that_make_no_period_are_named_and_the_default_is_shown(address, problem):
    asked, said = query.read(QueryDict(address))
    assert problem in said
    assert asked == query.Query()


@pytest.mark.parametrize(
    "address",
    [
        "period=y99999", "period=%00", "team=1;drop", "team=-1", "service=９", "priority=9", "weekday=8", "hour=24",
        "age=never", "organisation=999999999999999999999", "period=yabcd",
    ],
)  # fmt: skip
def test_values_that_cannot_be_are_dropped(address):
    assert query.read(QueryDict(address)) == (query.Query(), "")


def test_address_survives_reading_and_writing():
    address = "period=custom&from=2026-01-01&to=2026-03-31&organisation=3&team=none&service=7&priority=1&hour=0"
    asked, problem = query.read(QueryDict(address))
    assert problem == ""
    assert asked.encoded() == address
    assert asked.encoded(figure="open").endswith("&figure=open")
    assert query.Query().encoded() == ""


def test_window_follows_the_readers_own_midnight():
    with time_machine.travel("2026-11-23T17:00:00Z", tick=False):
        with timezone.override("Asia/Shanghai"):
            assert query.Query(period="7").window().last == date(2026, 11, 24)
        with timezone.override("America/New_York"):
            assert query.Query(period="7").window().last == date(2026, 11, 23)
