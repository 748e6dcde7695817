"""The change calendar in a browser: drawn under the page's policy, opened by key, and a table without scripts."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from changes import services as changes
from tests.change_calendar import day_of, freeze
from tests.changes import change_manager, planned
from tests.landscape import landscape

HOUR = timedelta(hours=1)


@pytest.fixture
def pair(cast):
    """Two changes that collide, a freeze over them, and who keeps the calendar."""
    land = landscape(cast)
    made = [planned(cast, items=[land[slug]], title=f"Patch {slug}") for slug in ("host-1", "host-2")]
    freeze(change_manager(cast), made[0].planned_start - HOUR, made[0].planned_end + HOUR)
    changes.check_asked()
    return made


def address(change, view):
    return f"{reverse('changes:calendar')}?view={view}&on={day_of(change.planned_start)}"


@pytest.mark.parametrize("view", ["month", "week", "services", "teams"])
def test_the_calendar_is_drawn_and_its_events_are_opened_by_key(sign_in, cast, pair, view):
    page = sign_in(cast.chen_hao, address(pair[0], view))
    drawn = page.locator("#calendar .ec-event.is-colliding", has_text=pair[0].number)
    expect(drawn.first).to_contain_text("Collides")
    expect(page.locator("#calendar .is-freeze").first).to_be_attached()
    assert [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")] == []
    drawn.first.get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('changes:change', args=[pair[0].number])}")


def test_a_phone_shows_a_list(sign_in, cast, pair):
    page = sign_in(cast.chen_hao, address(pair[0], "month"), viewport={"width": 390, "height": 844})
    # A change that crosses midnight is listed under both of its days.
    expect(page.locator("#calendar .ec-list .ec-event", has_text=pair[1].number).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_table_says_the_same(sign_in, cast, pair):
    page = sign_in(cast.chen_hao, address(pair[0], "month"), java_script_enabled=False)
    expect(page.locator("#calendar")).to_be_hidden()
    row = page.get_by_role("row", name=pair[0].number)
    expect(row).to_contain_text("1 collision")
    page.get_by_role("link", name="Later").click()
    expect(page.locator("#span-title")).to_be_visible()


def test_a_window_is_asked_for_what_its_repetition_needs(sign_in, cast):
    manager = change_manager(cast)
    manager.language = "en"
    manager.save()
    page = sign_in(manager, reverse("changes:new-window"))
    weeks, rule = page.get_by_role("group", name="Weeks of the month"), page.get_by_label("Rule", exact=True)
    expect(weeks).to_be_hidden()
    page.get_by_label("Every month, on these weekdays of these weeks").check()
    expect(weeks).to_be_visible()
    expect(rule).to_be_hidden()
    page.get_by_label("By a rule of RFC 5545").check()
    expect(rule).to_be_visible()
    expect(weeks).to_be_hidden()
