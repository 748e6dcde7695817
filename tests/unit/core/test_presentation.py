"""How instants, spans and names read, in both languages."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from core import clock
from core.templatetags import presentation

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def monday_noon():
    with clock.travel(MONDAY_NOON), timezone.override(SHANGHAI):
        yield


@pytest.mark.parametrize(
    ("ahead", "in_english", "in_chinese"),
    [
        (timedelta(seconds=-20), "just now", "刚刚"),
        (timedelta(minutes=-1), "1 minute ago", "1分钟前"),
        (timedelta(minutes=-59, seconds=-40), "1 hour ago", "1小时前"),
        (timedelta(hours=2), "in 2 hours", "2小时后"),
        (timedelta(days=-3), "3 days ago", "3天前"),
        (timedelta(days=-40), "14 Oct", "10月14日"),
        (timedelta(days=-400), "19 Oct 2025", "2025年10月19日"),
    ],
)
def test_relative_times_read_naturally(ahead, in_english, in_chinese):
    assert presentation.relative(MONDAY_NOON + ahead) == in_english
    with translation.override("zh-hans"):
        assert presentation.relative(MONDAY_NOON + ahead) == in_chinese


@pytest.mark.parametrize(
    ("ahead", "in_english", "in_chinese"),
    [
        (timedelta(hours=5, minutes=30), "today 17:30", "今天 17:30"),
        (timedelta(hours=12), "tomorrow 00:00", "明天 00:00"),
        (timedelta(days=2), "Wed 25 Nov 12:00", "11月25日 周三 12:00"),
    ],
)
def test_a_promise_names_the_readers_day(ahead, in_english, in_chinese):
    assert presentation.due_words(MONDAY_NOON + ahead) == in_english
    with translation.override("zh-hans"):
        assert presentation.due_words(MONDAY_NOON + ahead) == in_chinese


@pytest.mark.parametrize(
    ("seconds", "in_english", "in_chinese"),
    [(30, "<1 min", "不足1分"), (-720, "12 min", "12分"), (4800, "1 h 20 min", "1时20分"), (187_200, "52 h", "52时")],
)
def test_spans_are_told_in_hours_and_minutes(seconds, in_english, in_chinese):
    assert presentation.span_words(seconds) == in_english
    with translation.override("zh-hans"):
        assert presentation.span_words(seconds) == in_chinese


def test_the_exact_instant_carries_its_offset():
    assert presentation.exact(MONDAY_NOON) == "2026-11-23 12:00:00 UTC+08:00"


@pytest.mark.parametrize(
    ("name", "letters"), [("Li Na", "LN"), ("admin", "A"), ("李娜", "娜"), ("欧阳明月", "明月"), ("", "?")]
)
def test_initials_fit_the_script_of_the_name(name, letters):
    assert presentation.initials(name) == letters
