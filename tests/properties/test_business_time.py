"""Business time against a slow oracle and against its own laws."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sla.engine.replay import calendar_of
from tests.properties.slow_calendar import product_spec, slow_add, slow_elapsed

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
]
MINUTE, DAY = 60, 86_400

intervals = st.lists(
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
