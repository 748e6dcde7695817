"""Business time against a slow oracle and against its own laws."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.spans import constant_offset_pieces
from sla.engine.replay import calendar_of
from tests.properties.slow_calendar import clock_text, product_spec, slow_add, slow_elapsed

# An instant shortly before something happens to the wall clock: gaps, folds, half hours, a midnight that
# does not exist, a zone 14 hours ahead, a pause of summer time for Ramadan, a two-hour change.
MOMENTS = [
    ("America/New_York", "2024-03-09T12:00"),
    ("America/New_York", "2024-11-02T12:00"),
    ("Europe/London", "2025-10-25T12:00"),
    ("Australia/Lord_Howe", "2024-04-06T00:00"),
    ("Australia/Lord_Howe", "2024-10-05T00:00"),
    ("Africa/Cairo", "2024-04-25T12:00"),
    ("Africa/Cairo", "2024-10-31T12:00"),
    ("Africa/Casablanca", "2024-03-09T12:00"),
    ("Antarctica/Troll", "2024-03-30T12:00"),
    ("Asia/Kathmandu", "2024-06-01T00:00"),
    ("Asia/Shanghai", "2024-09-30T00:00"),
    ("Pacific/Apia", "2011-12-29T00:00"),
    ("Pacific/Kiritimati", "2024-12-31T00:00"),
    ("America/St_Johns", "2011-03-12T12:00"),
    ("America/Sao_Paulo", "2018-11-03T12:00"),
    ("America/Sao_Paulo", "2018-02-17T12:00"),
]
MINUTE, DAY = 60, 86_400

# Shapes of a working day that chance seldom draws: lunch break, overnight in two pieces, around the clock, nobody.
DAYS = [[[540, 720], [810, 1080]], [[0, 360], [1320, 1440]], [[0, 1440]], []]
intervals = st.sampled_from(DAYS) | st.lists(
    st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda pair: pair[0] < pair[1]), max_size=3
).map(lambda pairs: [list(pair) for pair in pairs])


@st.composite
def calendars(draw):
    zone, text = draw(st.sampled_from(MOMENTS))
    moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    near = st.integers(-1, 4).map(lambda days: (date.fromisoformat(text[:10]) + timedelta(days)).isoformat())
    spec = {
        "zone": zone,
        "weekly": draw(st.dictionaries(st.integers(1, 7), intervals, max_size=7)),
        "exceptions": draw(st.dictionaries(near, intervals, max_size=2)),
    }
    return spec, int(moment.timestamp())


@given(calendars(), st.integers(0, 2 * 1440), st.integers(0, 2 * 1440))
@settings(max_examples=60, deadline=None)
def test_elapsed_is_what_the_wall_clock_shows(calendar, offset, minutes):
    spec, moment = calendar
    start = moment + offset * MINUTE
    end = start + minutes * MINUTE
    assert calendar_of(product_spec(spec)).elapsed_seconds(start, end) == slow_elapsed(spec, start, end, MINUTE)


@given(calendars(), st.integers(0, 2 * DAY), st.integers(0, 2 * 3600))
@settings(max_examples=40, deadline=None)
def test_elapsed_is_exact_to_the_second(calendar, offset, seconds):
    spec, moment = calendar
    start, end = moment + offset, moment + offset + seconds
    assert calendar_of(product_spec(spec)).elapsed_seconds(start, end) == slow_elapsed(spec, start, end, 1)


@given(calendars(), st.integers(0, 1440), st.integers(0, 1440))
@settings(max_examples=60, deadline=None)
def test_add_finds_the_earliest_instant(calendar, offset, minutes):
    spec, moment = calendar
    start, limit = moment + offset * MINUTE, moment + 4 * DAY
    slow = slow_add(spec, start, minutes * MINUTE, limit, MINUTE)
    found = calendar_of(product_spec(spec)).add_seconds(start, minutes * MINUTE)
    assert found == slow if slow is not None else found is None or found > limit


@given(calendars(), st.lists(st.integers(0, 900 * DAY), min_size=3, max_size=3).map(sorted))
@settings(deadline=None)
def test_elapsed_adds_up_and_never_falls(calendar, offsets):
    spec, moment = calendar
    product = calendar_of(product_spec(spec))
    first, second, third = (moment + offset for offset in offsets)
    assert product.elapsed_seconds(first, third) == product.elapsed_seconds(first, second) + product.elapsed_seconds(
        second, third
    )
    assert 0 <= product.elapsed_seconds(first, second) <= second - first
    assert product.elapsed_seconds(second, first) == -product.elapsed_seconds(first, second)


@given(calendars(), st.integers(0, 900 * DAY), st.integers(1, 10**7))
@settings(deadline=None)
def test_add_inverts_elapsed(calendar, offset, seconds):
    spec, moment = calendar
    product = calendar_of(product_spec(spec))
    start = moment + offset
    found = product.add_seconds(start, seconds)
    if found is not None:
        assert product.elapsed_seconds(start, found) == seconds
        assert product.elapsed_seconds(start, found - 1) == seconds - 1


@given(calendars(), st.integers(0, 400 * DAY), st.integers(0, 400 * DAY))
@settings(deadline=None)
def test_spans_hold_exactly_the_elapsed_seconds(calendar, offset, length):
    spec, moment = calendar
    product = calendar_of(product_spec(spec))
    start, end = moment + offset, moment + offset + length
    spans = product.span_seconds(start, end)
    assert sum(last - first for first, last in spans) == product.elapsed_seconds(start, end)
    assert all(left[1] < right[0] for left, right in pairwise(spans))


overnight = st.tuples(st.integers(1, 1439), st.integers(1, 1439)).filter(lambda pair: pair[0] > pair[1])


@given(calendars(), overnight, st.integers(0, 3 * 1440), st.integers(0, 2 * 1440))
@settings(max_examples=60, deadline=None)
def test_overnight_shift_is_two_pieces_on_two_dates(calendar, shift, offset, minutes):
    """The product is told 22:00–06:00 on each weekday, the oracle its two pieces; exceptions replace their date."""
    spec, moment = calendar
    starts, ends = shift
    said = product_spec(spec) | {"weekly": {str(day): [[clock_text(starts), clock_text(ends)]] for day in range(1, 8)}}
    meant = spec | {"weekly": {day: [[0, ends], [starts, 1440]] for day in range(1, 8)}}
    start = moment + offset * MINUTE
    end = start + minutes * MINUTE
    assert calendar_of(said).elapsed_seconds(start, end) == slow_elapsed(meant, start, end, MINUTE)


@given(calendars(), st.integers(0, 400 * DAY), st.integers(0, 400 * DAY), st.integers(0, 10**6))
@settings(deadline=None)
def test_empty_calendar_counts_nothing_and_never_comes_to_an_end(calendar, offset, length, seconds):
    spec, moment = calendar
    start, empty = moment + offset, calendar_of(product_spec(spec | {"weekly": {}, "exceptions": {}}))
    assert empty.elapsed_seconds(start, start + length) == 0
    assert empty.add_seconds(start, seconds) == (None if seconds else start)
    assert empty.span_seconds(start, start + length) == []


@given(calendars(), st.integers(0, 400 * DAY), st.integers(0, 10**6), st.integers(0, 10**6))
@settings(deadline=None)
def test_more_seconds_never_end_earlier_and_add_in_two_steps_is_add_at_once(calendar, offset, first, more):
    spec, moment = calendar
    product, start = calendar_of(product_spec(spec)), moment + offset
    early, late = product.add_seconds(start, first), product.add_seconds(start, first + more)
    if early is None:
        assert late is None
    elif late is not None:
        assert early <= late
        assert product.add_seconds(early, more) == late or more == 0


@given(calendars(), st.integers(0, 400 * DAY), st.integers(0, 400 * DAY))
@settings(deadline=None)
def test_offsets_recorded_at_publication_count_as_the_rules_they_were_taken_from(calendar, offset, length):
    spec, moment = calendar
    plain = calendar_of(product_spec(spec))
    low, high = moment + 100 * DAY, moment + 300 * DAY  # questions lie before, inside and after what was recorded
    recorded = replace(plain, offsets=tuple(constant_offset_pieces(ZoneInfo(spec["zone"]), low, high)))
    start, end = moment + offset, moment + offset + length
    assert recorded.elapsed_seconds(start, end) == plain.elapsed_seconds(start, end)


@pytest.mark.parametrize(
    ("zone", "start", "hours", "what"),
    [
        ("Australia/Lord_Howe", "2024-10-06T00:00", 23.5, "half an hour is left out in spring"),
        ("Australia/Lord_Howe", "2024-04-07T00:00", 24.5, "half an hour comes twice in autumn"),
        ("Africa/Cairo", "2024-04-26T00:00", 23, "the day begins at 01:00"),
        ("Africa/Cairo", "2024-10-31T00:00", 25, "the last hour of the day comes twice"),
        ("America/Sao_Paulo", "2018-11-04T00:00", 23, "there is no midnight"),
        ("America/Sao_Paulo", "2018-02-17T00:00", 25, "the hour before midnight comes twice"),
        ("Pacific/Apia", "2011-12-30T00:00", 0, "the date is skipped"),
        ("Antarctica/Troll", "2024-03-31T00:00", 22, "two hours are left out"),
    ],
)
def test_single_odd_date_has_as_many_seconds_as_its_wall_clock_showed(zone, start, hours, what):
    """Only this one date is worked, around the clock."""
    day = start[:10]
    product = calendar_of({"tz": zone, "weekly": {}, "exceptions": [{"date": day, "intervals": [["00:00", "24:00"]]}]})
    noon = int(datetime.fromisoformat(start).replace(tzinfo=UTC).timestamp())
    assert product.elapsed_seconds(noon - 3 * DAY, noon + 3 * DAY) == hours * 3600, what


def test_make_up_day_works_and_its_holiday_does_not():
    weekly = {str(day): [["09:00", "12:00"], ["13:30", "18:00"]] for day in range(1, 6)}
    dated = [{"date": "2026-10-01", "intervals": []}, {"date": "2026-10-10", "intervals": weekly["1"]}]
    product = calendar_of({"tz": "Asia/Shanghai", "weekly": weekly, "exceptions": dated})
    thursday = int(datetime(2026, 10, 1, tzinfo=UTC).timestamp())
    saturday = int(datetime(2026, 10, 10, tzinfo=UTC).timestamp())
    assert product.elapsed_seconds(thursday, thursday + DAY // 2) == 0
    assert product.elapsed_seconds(saturday, saturday + DAY // 2) == 27_000
