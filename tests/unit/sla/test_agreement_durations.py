"""Lengths of business time as people write and read them."""

import pytest
from django.utils import translation

from core.business_time import BusinessCalendar
from sla import durations

OFFICE = [["09:00", "12:00"], ["13:30", "18:00"]]
DAY = 27_000


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("4h", 14_400), ("30m", 1_800), ("1h30m", 5_400), ("2d", 54_000), ("1d 4h", 41_400), ("0.5d", 13_500),
        ("90分钟", 5_400), ("3 个工作日", 81_000), ("２小时", 7_200), ("45s", 45), ("  1 Hour ", 3_600),
    ],
)  # fmt: skip
def test_written_lengths_are_read_to_the_second(text, seconds):
    assert durations.parse(text, day=DAY) == seconds


@pytest.mark.parametrize("text", ["", "4", "h", "4x", "-4h", "4h and more", "0h", "999999d", "1e9h"])
def test_what_is_no_length_is_refused(text):
    with pytest.raises(ValueError, match=r"length of time|no unit|Between one second"):
        durations.parse(text, day=DAY)


def test_days_need_a_calendar_whose_days_are_equal():
    even = BusinessCalendar.of("Asia/Shanghai", dict.fromkeys(range(1, 6), OFFICE), {})
    uneven = BusinessCalendar.of("Asia/Shanghai", {1: OFFICE, 2: [["09:00", "12:00"]]}, {})
    assert (durations.ordinary_day(even), durations.ordinary_day(uneven)) == (DAY, None)
    with pytest.raises(ValueError, match="differ in length"):
        durations.parse("2d", day=None)


@pytest.mark.parametrize("seconds", [1, 60, 3_599, 5_400, DAY, 3 * DAY, 3 * DAY + 60, 200_000])
@pytest.mark.parametrize("day", [None, DAY, 86_400])
def test_the_written_form_reads_back_to_the_same_length(seconds, day):
    assert durations.parse(durations.compact(seconds, day=day), day=day) == seconds


def test_words_are_exact_and_name_days_only_where_they_are_whole():
    assert durations.words(3 * DAY, day=DAY) == "3 working days of 7 h 30 min"
    assert durations.words(DAY + 60, day=DAY) == "7 h 31 min"
    assert durations.words(200_000, day=None) == "55 h 33 min 20 s"
    with translation.override("zh-hans"):
        assert durations.words(3 * DAY, day=DAY) == "3 个工作日（每日 7 小时 30 分钟）"
