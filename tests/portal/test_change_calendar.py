"""The calendar of changes on screen: its pages, its feeds, and who may decide about what."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.models import User
from changes import services as changes
from changes.models import CalendarFeed, Collision, Freeze, MaintenanceWindow
from core import clock
from tests.change_calendar import day_of, freeze, window
from tests.changes import change_manager, planned
from tests.landscape import landscape

HOUR = timedelta(hours=1)
NEW_WINDOW = {
    "name_en": "Sundays", "from_on": "2026-01-01", "opens_at": "01:00", "hours": "4", "zone": "Asia/Shanghai",
    "repeats": "monthly", "weekdays": ["SU"], "weeks": ["1", "-1"], "items": "core, app",
}  # fmt: skip


@pytest.fixture
def land(cast):
    return landscape(cast)


@pytest.fixture
def keeper(cast):
    return change_manager(cast)


@pytest.fixture
def as_(cast):
    """`as_(person)`: a browser in which the person reads English."""

    def sign_in(person):
        User.objects.filter(pk=person.pk).update(language="en")
        browser = Client()
        browser.force_login(person)
        return browser

    return sign_in


@pytest.fixture
def pair(cast, land):
    """Two changes that collide, tomorrow."""
    made = [planned(cast, items=[land[slug]], title=f"Patch {slug}") for slug in ("host-1", "host-2")]
    changes.check_asked()
    return made


def test_a_window_is_made_changed_and_taken_away(as_, keeper, land):
    browser = as_(keeper)
    assert browser.post(reverse("changes:new-window"), NEW_WINDOW).status_code == 302
    made = MaintenanceWindow.objects.get()
    assert (made.rule, made.lasts_for) == ("FREQ=MONTHLY;BYDAY=1SU,-1SU", 240)
    assert {item.slug for item in made.items.all()} == {"core", "app"}
    page = browser.get(reverse("changes:windows")).content.decode()
    assert "every month on the first, last Sun, 01:00 for 4 h, Shanghai time" in page
    form = browser.get(reverse("changes:window", args=[made.pk])).content.decode()
    assert 'value="monthly"' in form
    assert all(f'value="{land[slug].pk}" checked' in form for slug in ("app", "core"))
    changed = NEW_WINDOW | {"repeats": "rule", "rule": "FREQ=DAILY;INTERVAL=2"}
    assert browser.post(reverse("changes:window", args=[made.pk]), changed).status_code == 302
    made.refresh_from_db()
    assert made.rule == "FREQ=DAILY;INTERVAL=2"
    browser.post(reverse("changes:discard-window", args=[made.pk]))
    assert not MaintenanceWindow.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"until_on": "2025-01-01"}, "It ends before it begins."),
        ({"items": "core, nowhere"}, "No such item was found: nowhere."),
        ({"weekdays": []}, "Choose at least one."),
        ({"repeats": "rule", "rule": "FREQ=SECONDLY"}, "FREQ is DAILY, WEEKLY, MONTHLY or YEARLY."),
        ({"zone": "Mars"}, "There is no such time zone."),
        ({"items": ""}, "Say what it holds for"),
        ({"hours": "0"}, "greater than or equal to 0.25"),
    ],
)
def test_nonsense_is_named_and_nothing_typed_is_lost(as_, keeper, land, wrong, words):
    answer = as_(keeper).post(reverse("changes:new-window"), NEW_WINDOW | wrong)
    text = answer.content.decode()
    assert answer.status_code == 422 and words in text and "Sundays" in text
    assert not MaintenanceWindow.objects.exists()


def test_a_freeze_that_ends_before_it_begins_is_refused(as_, keeper):
    given = {"name_en": "Year end", "reason": "Books", "from_at": "2026-12-31T00:00", "until_at": "2026-12-24T00:00",
             "scope": "everything"}  # fmt: skip
    answer = as_(keeper).post(reverse("changes:new-freeze"), given)
    assert answer.status_code == 422 and b"It ends before it begins." in answer.content and b"Books" in answer.content
    browser = as_(keeper)
    assert browser.post(reverse("changes:new-freeze"), given | {"until_at": "2027-01-03T00:00"}).status_code == 302
    assert Freeze.objects.get().reason == "Books"


def test_who_does_not_keep_windows_reads_them_only(as_, cast, keeper, land):
    kept = window(keeper, items=[land["core"]])
    browser = as_(cast.chen_hao)
    page = browser.get(reverse("changes:windows")).content.decode()
    assert "Sunday night" in page and reverse("changes:new-window") not in page
    for name, args in (("new-window", []), ("window", [kept.pk]), ("new-freeze", [])):
        assert browser.get(reverse(f"changes:{name}", args=args)).status_code == 403
    assert browser.post(reverse("changes:discard-window", args=[kept.pk])).status_code == 403
    assert as_(cast.li_na).get(reverse("changes:windows")).status_code == 404


@pytest.mark.parametrize("view", ["month", "week", "services", "teams"])
def test_the_calendar_shows_changes_freezes_and_collisions(as_, cast, keeper, pair, view):
    freeze(keeper, clock.now(), clock.now() + 72 * HOUR)
    day = day_of(pair[0].planned_start)
    page = as_(cast.chen_hao).get(reverse("changes:calendar"), {"view": view, "on": day}).content.decode()
    table = page[page.index("As a table") :]
    assert pair[0].number in table and "1 collision" in table and "Year end" in page
    assert "is-colliding" in page and "is-freeze" in page
    if view == "teams":
        assert '"title": "Network"' in page


def test_the_calendar_shows_what_one_may_see_and_nothing_else(as_, cast, pair):
    day = day_of(pair[0].planned_start)
    page = as_(cast.chen_hao).get(reverse("changes:calendar"), {"on": day, "team": cast.database.pk})
    assert pair[0].number not in page.content.decode()
    assert as_(cast.stranger).get(reverse("changes:calendar")).status_code == 404
    pair[0].organisation = cast.other
    pair[0].save()
    page = as_(cast.liu_yang).get(reverse("changes:calendar"), {"on": day}).content.decode()
    assert pair[0].number not in page and pair[1].number in page


@pytest.mark.parametrize("typed", ["", "2026-13-01", "9999-12-31", "0001-01-01", "x" * 500, "2026-02-30\0"])
def test_any_day_typed_is_a_page(as_, cast, typed):
    browser = as_(cast.chen_hao)
    for view in ("month", "week", "nonsense"):
        assert browser.get(reverse("changes:calendar"), {"on": typed, "view": view, "team": "x"}).status_code == 200


def test_the_number_of_statements_does_not_grow_with_the_changes(as_, cast, land, django_assert_num_queries):
    browser = as_(cast.chen_hao)
    day = day_of(clock.now() + timedelta(days=1))
    browser.get(reverse("changes:calendar"), {"on": day})
    for number in range(3):
        planned(cast, items=[land["host-1"]], title=f"No. {number}")
        if number != 1:
            with django_assert_num_queries(12):
                browser.get(reverse("changes:calendar"), {"on": day})


def test_a_collision_is_shown_with_its_ways_and_accepted_by_a_change_manager(as_, cast, keeper, pair):
    url = reverse("changes:fit", args=[pair[0].number])
    page = as_(cast.chen_hao).get(url).content.decode()
    assert "Cluster fails with both" in page and "Accept that both" not in page
    found, browser = Collision.objects.get(), as_(keeper)
    accept = reverse("changes:accept-collision", args=[found.pk])
    assert as_(cast.chen_hao).post(accept, {f"c{found.pk}-reason": "x"}).status_code == 403
    empty = browser.post(accept, {"change": pair[0].number})
    assert empty.status_code == 422 and b"This field is required." in empty.content
    assert browser.post(accept, {"change": pair[0].number, f"c{found.pk}-reason": "Empty that night"}).url == url
    assert "Empty that night" in browser.get(url).content.decode()


def test_an_exception_is_asked_for_and_decided_on_the_page(as_, cast, keeper, pair, land):
    window(keeper, rule="FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", items=[land["host-1"]])
    change, asker = pair[0], as_(cast.chen_hao)
    url = reverse("changes:fit", args=[change.number])
    assert "Ask for an exception" in asker.get(url).content.decode()
    assert asker.post(reverse("changes:ask-exception", args=[change.number]), {"reason": ""}).status_code == 422
    asker.post(reverse("changes:ask-exception", args=[change.number]), {"reason": "The supplier comes then"})
    asked = change.window_exceptions.get()
    decide = reverse("changes:decide-exception", args=[asked.pk, "grant"])
    assert asker.post(decide).status_code == 403
    manager = as_(keeper)
    assert "The supplier comes then" in manager.get(url).content.decode()
    refused = manager.post(reverse("changes:decide-exception", args=[asked.pk, "refuse"]), {"answer": ""})
    assert refused.status_code == 422
    assert manager.post(decide, {"answer": ""}).status_code == 302
    assert "An exception is granted" in asker.get(url).content.decode()
    assert manager.post(decide, {"answer": ""}).status_code == 409


def test_the_next_free_time_is_taken_with_one_click(as_, cast, pair):
    browser, late = as_(cast.chen_hao), pair[0].planned_start + 10 * HOUR
    url = reverse("changes:fit", args=[pair[0].number])
    assert "Plan it then" in browser.get(url).content.decode()
    browser.post(reverse("changes:take-slot", args=[pair[0].number]), {"after": late.isoformat()})
    pair[0].refresh_from_db()
    assert pair[0].planned_start >= late
    changes.check_asked()
    assert Collision.objects.get().state == "gone"
    assert browser.get(url, {"after": "nonsense"}).status_code == 200


def test_a_feed_shows_what_its_owner_may_see_until_it_is_revoked(as_, client, cast, keeper, pair):
    freeze(keeper, clock.now(), clock.now() + 72 * HOUR)
    browser = as_(cast.chen_hao)
    page = browser.post(reverse("changes:feeds"), {"content": "all"}).content.decode()
    address = re.search(r"/changes/calendar/[\w-]+\.ics", page)[0]
    assert address not in browser.get(reverse("changes:feeds")).content.decode()
    feed = CalendarFeed.objects.get()
    assert address.removesuffix(".ics").rpartition("/")[2] not in str(vars(feed))
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in events] == [
        *(f"{one.number} {one.title}" for one in pair), "Freeze: Year end",
    ]  # fmt: skip
    assert events[0].decoded("DTSTART") == pair[0].planned_start.replace(microsecond=0)
    assert client.get(address, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    feed.refresh_from_db()
    assert feed.last_used_at is not None
    pair[0].title = "Another"
    pair[0].save()
    assert client.get(address, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 200
    pair[0].organisation = cast.other
    pair[0].requester = pair[0].opened_by = pair[0].assignee = None
    pair[0].save()
    assert pair[0].number not in client.get(address).content.decode()
    assert as_(cast.zhang_wei).post(reverse("changes:revoke-feed", args=[feed.pk])).status_code == 404
    browser.post(reverse("changes:revoke-feed", args=[feed.pk]))
    assert client.get(address).status_code == 404


def test_a_feed_of_whoever_left_is_gone(client, cast, pair):
    _feed, secret = changes.open_feed(actor=cast.liu_yang, content="mine")
    address = reverse("changes:feed", args=[secret])
    assert pair[0].number in client.get(address).content.decode()
    User.objects.filter(pk=cast.liu_yang.pk).update(roles=["requester"])
    assert client.get(address).status_code == 404
    User.objects.filter(pk=cast.liu_yang.pk).update(roles=["expert"], is_active=False)
    assert client.get(address).status_code == 404
    assert client.get(reverse("changes:feed", args=["x" * 43])).status_code == 404


def test_an_item_says_when_work_may_be_done_on_it(as_, cast, keeper, land):
    browser, url = as_(cast.chen_hao), reverse("cmdb:item", args=[land["app"].pk])
    assert "Maintenance windows" not in browser.get(url).content.decode()
    window(keeper, items=[cast.erp])
    page = browser.get(url).content.decode()
    assert "every week on Sun, 01:00 for 4 h, Shanghai time · ERP" in page
