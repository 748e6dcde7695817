"""Working hours by mouse and by keys: both write the text that is sent, and both are published."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from sla.models import Calendar
from tests import agreements as made
from tests.browser.axe import severe


@pytest.fixture
def editor(cast, sign_in):
    """The editor of an office calendar in the browser of a manager; options go to the browser's context."""

    def open_editor(**options):
        calendar = made.calendar()
        return sign_in(cast.wang_fang, reverse("sla:edit_calendar", args=[calendar.pk]), **options)

    return open_editor


def bar_of(page, day):
    return page.locator(f'[data-hours-bar="id_day_{day}"]')


def drag(page, bar, start, end):
    """Press at an hour of the bar, let go at another."""
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * start / 24, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * (start + end) / 48, y)
    page.mouse.move(box["x"] + box["width"] * end / 24, y)
    page.mouse.up()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_hours_dragged_and_hours_typed_by_keys_are_the_same_and_are_published(editor):
    page = editor()
    saturday, sunday = page.locator("#id_day_6"), page.locator("#id_day_7")
    drag(page, bar_of(page, 6), 10, 14)
    expect(saturday).to_have_value("10:00–14:00")
    drag(page, bar_of(page, 6), 12, 13)  # moves it by an hour
    expect(saturday).to_have_value("11:00–15:00")

    bar_of(page, 7).get_by_role("button").focus()
    press(page, "Enter", *["ArrowRight"] * 8, *["Shift+ArrowRight"] * 12)  # 09:00–10:00 two hours on, three longer
    expect(sunday).to_have_value("11:00–15:00")
    press(page, "Enter", "Delete")  # another one, and away with it
    expect(sunday).to_have_value("11:00–15:00")

    page.get_by_role("button", name="Check what changes").last.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("body")).to_contain_text("Version 2 is in force.")
    weekly = Calendar.objects.get(slug="office").current().weekly
    assert weekly["6"] == weekly["7"] == [["11:00", "15:00"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_editor_has_no_serious_finding(editor, theme):
    page = editor(color_scheme=theme)
    expect(bar_of(page, 1).get_by_role("button").first).to_be_visible()
    assert severe(page) == []
