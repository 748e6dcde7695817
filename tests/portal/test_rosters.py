"""Pages of on-call rosters: who reads, who keeps, who takes over, and what a bad value is told."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from accounts import services
from accounts.models import Roster, RosterOverride, User
from core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english_readers(cast):
    User.objects.update(language="en")


@pytest.fixture
def roster(cast):
    starts_on = clock.now().date() - timedelta(days=3)
    roster = services.save_roster(
        None, actor=cast.wang_fang, name_en="Duty", team=cast.network, starts_on=starts_on, handover_at=time(9)
    )
    services.join_roster(roster, cast.chen_hao, actor=cast.wang_fang)
    services.join_roster(roster, cast.liu_yang, actor=cast.wang_fang)
    return roster


def typed(instant):
    return timezone.localtime(instant).strftime("%Y-%m-%dT%H:%M")


def span(hours=1, lasts=8):
    start = clock.now() + timedelta(hours=hours)
    return {"start_at": typed(start), "end_at": typed(start + timedelta(hours=lasts))}


@pytest.mark.parametrize(("who", "status"), [("li_na", 404), ("chen_hao", 200), ("wang_fang", 200)])
def test_rosters_are_read_by_the_desk(cast, client, roster, who, status):
    client.force_login(getattr(cast, who))
    assert client.get("/account/rosters/").status_code == status
    assert client.get(f"/account/rosters/{roster.pk}/").status_code == status


def test_page_shows_who_is_on_call_the_weeks_and_the_line(cast, client, roster, django_assert_max_num_queries):
    client.force_login(cast.zhang_wei)
    with django_assert_max_num_queries(25):
        page = client.get(f"/account/rosters/{roster.pk}/").content.decode()
    for words in ("On call now", "Chen Hao", "Liu Yang", "Wang Fang", "The coming four weeks"):
        assert words in page
    assert "Take over" not in page and "Settings" not in page


def test_gap_is_marked(cast, client, roster):
    start = clock.now() - timedelta(hours=1)
    services.take_over(roster, None, start_at=start, end_at=start + timedelta(days=2), actor=cast.wang_fang)
    client.force_login(cast.zhang_wei)
    assert "Nobody is on call now" in client.get(f"/account/rosters/{roster.pk}/").content.decode()
    assert "Nobody" in client.get("/account/rosters/").content.decode()


def test_manager_keeps_a_roster_on_pages(cast, client):
    client.force_login(cast.wang_fang)
    data = {
        "name_en": "Night", "name_zh": "", "team": cast.network.pk, "starts_on": "2026-11-16", "turn_days": "7",
        "handover_at": "09:00", "zone": "Asia/Shanghai", "fallback": "admin", "is_active": "on",
    }  # fmt: skip
    roster_url = client.post("/account/rosters/new/", data).url
    roster = Roster.objects.get()
    for person in ("chen.hao", "liu.yang"):
        client.post(f"{roster_url}members/", {"person": person})
    client.post(f"{roster_url}members/{cast.liu_yang.pk}/", {"step": "up"})
    assert list(roster.members.values_list("user__username", flat=True)) == ["liu.yang", "chen.hao"]
    client.post(f"{roster_url}members/{cast.liu_yang.pk}/", {"step": "leave"})
    client.post(roster_url, data | {"turn_days": "1"})
    roster.refresh_from_db()
    assert (roster.turn_days, roster.fallback, roster.starts_on) == (1, cast.admin, date(2026, 11, 16))
    for name, value in {
        "zone": "Mars/Olympus",
        "turn_days": "0",
        "starts_on": "0001-01-01",
        "fallback": "li.na",
    }.items():
        page = client.post(roster_url, data | {name: value})
        assert page.status_code == 200 and "field-error" in page.content.decode(), name


def test_person_of_the_roster_takes_over_and_gives_back(cast, client, roster):
    client.force_login(cast.liu_yang)
    assert client.post(f"/account/rosters/{roster.pk}/take-over/", span()).status_code == 302
    override = RosterOverride.objects.get()
    assert (override.user, override.created_by) == (cast.liu_yang, cast.liu_yang)
    client.post(f"/account/rosters/overrides/{override.pk}/give-back/")
    assert not RosterOverride.objects.exists()


def test_manager_arranges_it_for_somebody_or_nobody(cast, client, roster):
    client.force_login(cast.wang_fang)
    client.post(f"/account/rosters/{roster.pk}/take-over/", span() | {"person": "chen.hao", "reason": "swap"})
    client.post(f"/account/rosters/{roster.pk}/take-over/", span(hours=30) | {"person": ""})
    assert list(RosterOverride.objects.order_by("pk").values_list("user__username", flat=True)) == ["chen.hao", None]


@pytest.mark.parametrize(
    "bad",
    [
        {"start_at": "", "end_at": ""},
        {"start_at": "0001-01-01T00:00", "end_at": "9999-12-31T23:59"},
        {"end_at": "2020-01-01T00:00"},
        {"person": "nobody-like-that"},
        {"person": "li.na"},
    ],
)
def test_bad_takeover_is_refused_beside_its_field(cast, client, roster, bad):
    client.force_login(cast.wang_fang)
    page = client.post(f"/account/rosters/{roster.pk}/take-over/", span() | {"reason": "kept words"} | bad)
    assert page.status_code == 200
    assert "field-error" in page.content.decode() and "kept words" in page.content.decode()
    assert not RosterOverride.objects.exists()


def test_others_neither_keep_nor_take_over(cast, client, roster):
    client.force_login(cast.zhang_wei)
    base = f"/account/rosters/{roster.pk}/"
    for path, data in (
        (base, {"name_en": "x"}),
        (f"{base}take-over/", span()),
        (f"{base}members/", {"person": "zhang.wei"}),
        (f"{base}members/{cast.chen_hao.pk}/", {"step": "leave"}),
        ("/account/rosters/new/", {}),
    ):
        assert client.post(path, data).status_code in (200, 403), path
    assert (roster.members.count(), RosterOverride.objects.count(), Roster.objects.get().name_en) == (2, 0, "Duty")


def test_my_calls_shows_my_coming_turns(cast, client, roster):
    client.force_login(cast.liu_yang)
    assert "Duty" in client.get("/sla/calls/").content.decode()
