"""When a window opens: rules in wall-clock time, summer and winter, and rules that cannot be followed."""

from datetime import UTC, date, datetime, time

import pytest

from changes import recurrence


def opened(rule, *, zone="Asia/Shanghai", from_on=date(2026, 1, 1), opens_at=time(1), until_on=None, lasts_for=240,
           low=datetime(2026, 1, 1, tzinfo=UTC), high=datetime(2027, 1, 1, tzinfo=UTC)):  # fmt: skip
    return recurrence.occurrences(
        rule=rule, zone=zone, from_on=from_on, opens_at=opens_at, until_on=until_on, lasts_for=lasts_for, low=low,
        high=high,
    )  # fmt: skip


def test_a_weekly_window_opens_at_the_wall_clock_of_its_zone():
    found = opened("FREQ=WEEKLY;BYDAY=SU", high=datetime(2026, 1, 20, tzinfo=UTC))
    assert [(start.isoformat(), end.isoformat()) for start, end in found] == [
        ("2026-01-03T17:00:00+00:00", "2026-01-03T21:00:00+00:00"),
        ("2026-01-10T17:00:00+00:00", "2026-01-10T21:00:00+00:00"),
        ("2026-01-17T17:00:00+00:00", "2026-01-17T21:00:00+00:00"),
    ]


def test_summer_time_moves_no_opening_and_makes_none_longer():
    found = opened("FREQ=WEEKLY;BYDAY=SU", zone="Europe/Berlin", opens_at=time(1, 30))
    by_day = {start.date(): (start.hour, (end - start).total_seconds()) for start, end in found}
    assert by_day[date(2026, 3, 22)] == (0, 14_400)
    assert by_day[date(2026, 3, 29)] == (0, 14_400)  # 01:30 winter time; summer time begins at two
    assert by_day[date(2026, 4, 4)] == (23, 14_400)


def test_an_opening_that_summer_time_skips_is_an_hour_later_and_one_it_repeats_happens_first():
    spring = opened("FREQ=DAILY", zone="Europe/Berlin", opens_at=time(2, 30), from_on=date(2026, 3, 28))
    assert [start.isoformat() for start, _end in spring[:3]] == [
        "2026-03-28T01:30:00+00:00", "2026-03-29T01:30:00+00:00", "2026-03-30T00:30:00+00:00",
    ]  # fmt: skip
    autumn = opened("", zone="Europe/Berlin", opens_at=time(2, 30), from_on=date(2026, 10, 25))
    assert [start.isoformat() for start, _end in autumn] == ["2026-10-25T00:30:00+00:00"]


def test_what_began_before_is_found_and_what_ended_is_not():
    once = {"from_on": date(2026, 5, 1), "opens_at": time(8), "lasts_for": 60}
    assert opened("", **once, low=datetime(2026, 5, 1, 0, 59, tzinfo=UTC))
    assert not opened("", **once, low=datetime(2026, 5, 1, 1, 0, tzinfo=UTC))
    assert not opened("", **once, high=datetime(2026, 5, 1, 0, 0, tzinfo=UTC))
    assert [start.day for start, _end in opened("FREQ=DAILY", until_on=date(2026, 1, 3))] == [1, 2]


@pytest.mark.parametrize(
    "rule",
    ["", "weekly", "FREQ=SECONDLY", "FREQ=DAILY;COUNT=3", "FREQ=DAILY;UNTIL=20300101T000000Z", "FREQ=DAILY;BYHOUR=3",
     "FREQ=MONTHLY;BYDAY=9XX", "FREQ=WEEKLY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
     "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY\nDTSTART:20200101T000000"],
)  # fmt: skip
def test_a_rule_that_cannot_be_followed_is_refused_in_words(rule):
    assert recurrence.problem_with(rule, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "every week on Sat, Sun"),
        ("FREQ=MONTHLY;BYDAY=1SU,-1SU", "every month on the first, last Sun"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    ],
)
def test_a_rule_is_said_in_words_and_in_the_choices_of_the_form(rule, words):
    assert recurrence.problem_with(rule, date(2026, 1, 1)) is None
    assert recurrence.words_of(rule) == words
    chosen = recurrence.choices_of(rule)
    assert recurrence.rule_of(**chosen) == rule
