"""The marks of a list: what colour, shape and words say, and that no name can write markup."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from accounts.models import User
from core import clock
from core.templatetags import marks
from sla.selectors import Chip

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def monday_noon():
    with clock.travel(MONDAY_NOON), timezone.override(SHANGHAI):
        yield


def chip(state, **values):
    known = {
        "clock_id": 1, "metric": "response", "label": "Response", "is_running": state == "running",
        "due_at": MONDAY_NOON,
        "remaining": 4800, "target": 7200, "percent": 33, "agreement": "Office v1", "calendar": "<b>",
        "is_provisional": False,
    }  # fmt: skip
    return Chip(state=state, **known | values)


@pytest.mark.parametrize(
    ("state", "values", "colour", "in_english", "in_chinese"),
    [
        ("running", {}, "blue", "1 h 20 min left", "剩 1时20分"),
        ("running", {"percent": 75}, "yellow", "1 h 20 min left", "剩 1时20分"),
        ("paused", {"percent": 90}, "grey", "paused", "已暂停"),
        ("met", {}, "green", "met", "已达标"),
        ("breached", {"remaining": -720}, "red", "late 12 min", "超时 12分"),
        ("breached", {"remaining": None}, "red", "missed", "已超时"),
    ],
)
def test_a_chip_says_by_words_and_colour_how_a_clock_stands(state, values, colour, in_english, in_chinese):
    shown = marks.sla_chip(chip(state, **values))
    assert f"tone-{colour}" in shown
    assert shown.endswith(f"</svg>{in_english}</span>")
    with translation.override("zh-hans"):
        assert marks.sla_chip(chip(state, **values)).endswith(f"</svg>{in_chinese}</span>")


def test_a_chip_tells_its_terms_on_hover_and_escapes_them():
    title = 'title="Response · 2 h · Office v1 · &lt;b&gt; · due 2026-11-23 12:00:00 UTC+08:00"'
    assert title in marks.sla_chip(chip("running"))
    assert " · due" not in marks.sla_chip(chip("paused", due_at=None))


def test_a_priority_differs_in_colour_shape_and_number():
    shown = [marks.priority(level) for level in (1, 2, 3, 4)]
    for pattern in ("P1</span>", "tone-red", "urgent"):
        assert [pattern in mark for mark in shown] == [True, False, False, False]


def test_a_person_shows_star_and_department_and_escapes_the_name():
    vip = User(username="x", name="<i>", latin_name="<i>", is_vip=True)
    assert "&lt;i&gt;" in marks.person(vip) and "<i>" not in marks.person(vip)
    assert "star-filled" in marks.person(vip)
    plain = SimpleNamespace(is_vip=False, display_name="Li Na", department="<Finance>")
    assert "star-filled" not in marks.person(plain)
    assert "Finance" not in marks.person(plain)
    assert "&lt;Finance&gt;" in marks.person(plain, department=True)


def test_only_a_relative_moment_is_kept_fresh_by_the_browser():
    soon = MONDAY_NOON + timedelta(hours=2)
    assert "data-relative>in 2 hours<" in marks.moment(soon)
    assert marks.moment(soon, "due") == (
        '<time datetime="2026-11-23T14:00:00+08:00" title="2026-11-23 14:00:00 UTC+08:00">today 14:00</time>'
    )
    assert marks.moment(None) == ""
