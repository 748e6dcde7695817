"""Business time by example; tests/properties/test_business_time.py holds it against a slow oracle."""

from datetime import UTC, datetime

import pytest

from core.business_time import BusinessCalendar, OutsideTimeLine
from core.spans import constant_offset_pieces, union

OFFICE = {day: [("09:00", "17:00")] for day in range(1, 6)}
ROUND_THE_CLOCK = {day: [("00:00", "24:00")] for day in range(1, 8)}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_lunch_break_does_not_count():
    shanghai = BusinessCalendar.of("Asia/Shanghai", {1: [("09:00", "12:00"), ("13:30", "18:00")]})
    assert shanghai.elapsed(at("2024-06-03T01:00"), at("2024-06-03T10:00")) == int(7.5 * 3600)


def test_quota_used_up_at_closing_ends_at_closing():
    office = BusinessCalendar.of("UTC", OFFICE)
    assert office.add(at("2024-06-07T15:00"), 7200) == at("2024-06-07T17:00")
    assert office.add(at("2024-06-07T15:00"), 7201) == at("2024-06-10T09:00:01")


def test_nothing_to_add_ends_where_it_starts():
    office = BusinessCalendar.of("UTC", OFFICE)
    assert office.add(at("2024-06-08T03:00"), 0) == at("2024-06-08T03:00")


def test_negative_quota_is_refused():
    with pytest.raises(ValueError, match="forwards"):
        BusinessCalendar.of("UTC", OFFICE).add(at("2024-06-08T03:00"), -1)


def test_naive_instants_are_refused():
    with pytest.raises(ValueError, match="naive"):
        BusinessCalendar.of("UTC", OFFICE).elapsed(datetime(2024, 6, 3), at("2024-06-03T12:00"))


def test_elapsed_backwards_is_negative():
    office = BusinessCalendar.of("UTC", OFFICE)
    assert office.elapsed(at("2024-06-03T12:00"), at("2024-06-03T11:00")) == -3600


def test_holiday_and_makeup_day_replace_their_date():
    calendar = BusinessCalendar.of("Asia/Shanghai", OFFICE, {"2024-10-01": [], "2024-10-12": [("09:00", "12:00")]})
    assert calendar.elapsed(at("2024-09-30T16:00"), at("2024-10-01T16:00")) == 0
    assert calendar.elapsed(at("2024-10-11T16:00"), at("2024-10-12T16:00")) == 3 * 3600


def test_holiday_removes_exactly_its_date_from_an_overnight_shift():
    nights = BusinessCalendar.of("UTC", {day: [("22:00", "06:00")] for day in range(1, 8)}, {"2024-06-05": []})
    assert nights.elapsed(at("2024-06-04T22:00"), at("2024-06-05T00:00")) == 2 * 3600
    assert nights.elapsed(at("2024-06-05T00:00"), at("2024-06-06T00:00")) == 0
    assert nights.elapsed(at("2024-06-06T00:00"), at("2024-06-06T06:00")) == 6 * 3600


def test_overnight_shift_of_a_makeup_day_reaches_the_next_morning():
    calendar = BusinessCalendar.of("UTC", OFFICE, {"2024-06-08": [("22:00", "02:00")]})
    assert calendar.elapsed(at("2024-06-08T00:00"), at("2024-06-10T00:00")) == 4 * 3600
    yielding = BusinessCalendar.of("UTC", OFFICE, {"2024-06-08": [("22:00", "02:00")], "2024-06-09": []})
    assert yielding.elapsed(at("2024-06-08T00:00"), at("2024-06-10T00:00")) == 2 * 3600


def test_spring_gap_counts_nothing_and_autumn_fold_counts_twice():
    nights = BusinessCalendar.of("America/New_York", {7: [("00:00", "06:00")]})
    assert nights.elapsed(at("2024-03-10T00:00"), at("2024-03-11T00:00")) == 5 * 3600
    assert nights.elapsed(at("2024-11-03T00:00"), at("2024-11-04T00:00")) == 7 * 3600


def test_half_hour_fold_counts_its_half_hour_twice():
    lord_howe = BusinessCalendar.of("Australia/Lord_Howe", {7: [("01:30", "03:00")]})
    assert lord_howe.elapsed(at("2024-04-06T00:00"), at("2024-04-07T00:00")) == 2 * 3600


def test_skipped_date_counts_nothing():
    # Samoa went from 29 to 31 December 2011.
    apia = BusinessCalendar.of("Pacific/Apia", ROUND_THE_CLOCK, {"2011-12-30": [("00:00", "24:00")]})
    day = BusinessCalendar.of("Pacific/Apia", {}, {"2011-12-30": [("00:00", "24:00")]})
    assert day.add(at("2011-12-28T00:00"), 1) is None
    assert apia.elapsed(at("2011-12-30T00:00"), at("2011-12-31T00:00")) == 24 * 3600


def test_calendar_without_working_time_answers_never_at_once():
    assert BusinessCalendar.of("UTC", {}).add(at("2024-06-03T00:00"), 1) is None
    past = BusinessCalendar.of("UTC", {}, {"2020-01-01": [("00:00", "24:00")]})
    assert past.add(at("2024-06-03T00:00"), 1) is None


def test_only_working_time_far_ahead_is_found():
    calendar = BusinessCalendar.of("UTC", {}, {"2090-01-01": [("10:00", "11:00")]})
    assert calendar.add(at("2024-06-03T00:00"), 3600) == at("2090-01-01T11:00")
    assert calendar.add(at("2024-06-03T00:00"), 3601) is None


def test_absurd_quota_answers_never_at_once():
    assert BusinessCalendar.of("UTC", OFFICE).add(at("2024-06-03T00:00"), 10**12) is None


def test_instants_off_the_time_line_are_refused():
    with pytest.raises(OutsideTimeLine):
        BusinessCalendar.of("UTC", OFFICE).elapsed(at("2024-06-03T00:00"), at("9999-06-03T00:00"))


def test_answers_do_not_depend_on_what_was_compiled_before():
    fresh, used = (BusinessCalendar.of("Europe/Paris", OFFICE) for _ in range(2))
    used.elapsed(at("1999-01-01T00:00"), at("2031-01-01T00:00"))
    question = at("2024-06-03T07:30"), at("2026-02-03T14:10:05")
    assert fresh.elapsed(*question) == used.elapsed(*question)
    assert fresh == used
    assert fresh.digest == used.digest


def test_spans_are_clipped_to_the_question():
    office = BusinessCalendar.of("UTC", OFFICE)
    assert office.spans(at("2024-06-03T16:00"), at("2024-06-04T09:30")) == [
        (at("2024-06-03T16:00"), at("2024-06-03T17:00")),
        (at("2024-06-04T09:00"), at("2024-06-04T09:30")),
    ]
    assert office.is_open(at("2024-06-03T16:59:59"))
    assert not office.is_open(at("2024-06-03T17:00"))


def test_overlapping_and_touching_intervals_count_once():
    assert union([(0, 5), (3, 8), (8, 9), (12, 12)]) == ((0, 9),)


@pytest.mark.parametrize("text", ["9:00", "25:00", "24:01", "12:60", "", "aa:bb", "-1:00"])
def test_bad_times_of_day_are_refused(text):
    with pytest.raises(ValueError, match="time of day"):
        BusinessCalendar.of("UTC", {1: [(text, "17:00")]})


@pytest.mark.parametrize(
    ("zone", "weekly", "complaint"),
    [("Mars/Olympus", OFFICE, "zone"), ("../etc", OFFICE, "zone"), ("UTC", {8: []}, "weekday")],
)
def test_bad_calendars_are_refused(zone, weekly, complaint):
    with pytest.raises(ValueError, match=complaint):
        BusinessCalendar.of(zone, weekly)


def test_offset_changes_are_found_to_the_second():
    from zoneinfo import ZoneInfo

    low, high = (int(at(day).timestamp()) for day in ("2024-01-01T00:00", "2025-01-01T00:00"))
    pieces = list(constant_offset_pieces(ZoneInfo("Africa/Casablanca"), low, high))
    starts = [datetime.fromtimestamp(start, UTC).isoformat() for start, _, _ in pieces[1:]]
    assert starts == ["2024-03-10T02:00:00+00:00", "2024-04-14T02:00:00+00:00"]
    assert [offset for _, _, offset in pieces] == [3600, 0, 3600]
