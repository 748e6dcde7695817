"""Shifts and coverage: who works when, holes, absences, and whoever keeps the plan."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import services
from accounts.models import Delegation, WorkShift
from accounts.selectors.coverage import coverage_of
from accounts.selectors.duty import on_shift
from changes import services as changes
from changes.selectors import feeds
from core import clock
from core.errors import InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 15, 16, 0, tzinfo=UTC)  # Monday 00:00 in Shanghai
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def early(cast):
    return shift(cast, cast.chen_hao)


def shift(cast, *people, team=None, **fields):
    fields = {
        "label": "Early", "weekdays": [0, 1, 2, 3, 4], "starts_at": time(9), "ends_at": time(18),
        "valid_from": date(2026, 11, 2), **fields,
    }  # fmt: skip
    return services.save_shift(None, actor=cast.wang_fang, team=team or cast.network, people=list(people), **fields)


def test_who_is_on_shift(cast, early):
    assert on_shift(cast.database, MONDAY) is None, "a team without shifts says nothing"
    assert on_shift(cast.network, MONDAY + 9 * HOUR) == [cast.chen_hao]
    assert on_shift(cast.network, MONDAY + 9 * HOUR - timedelta(seconds=1)) == []
    assert on_shift(cast.network, MONDAY + 18 * HOUR) == []
    assert on_shift(cast.network, MONDAY + 5 * DAY + 10 * HOUR) == [], "Saturday"
    assert on_shift(cast.network, MONDAY - 20 * DAY) is None, "before the first day nobody said anything"


def test_a_night_shift_ends_on_the_next_day(cast):
    shift(cast, cast.chen_hao, weekdays=[6], starts_at=time(22), ends_at=time(6))
    assert on_shift(cast.network, MONDAY - HOUR) == [cast.chen_hao]
    assert on_shift(cast.network, MONDAY + 5 * HOUR) == [cast.chen_hao]
    assert on_shift(cast.network, MONDAY + 6 * HOUR) == []


def test_who_is_away_or_gone_is_not_on_shift(cast, early):
    at = MONDAY + 10 * HOUR
    services.arrange_absence(cast.chen_hao, cast.liu_yang, from_at=at, until_at=at + 360 * DAY, actor=cast.chen_hao)
    assert on_shift(cast.network, at) == []
    assert on_shift(cast.network, at - HOUR) == [cast.chen_hao]
    services.deactivate(cast.chen_hao, actor=cast.admin)
    assert on_shift(cast.network, at - HOUR) == []


def test_holes_of_office_hours_and_around_the_clock(cast, early):
    until = MONDAY + 7 * DAY
    assert coverage_of(cast.network, MONDAY, until).holes == []
    services.update_team(cast.network, actor=cast.admin, around_the_clock=True)
    cast.network.refresh_from_db()
    holes = coverage_of(cast.network, MONDAY, until).holes
    assert holes[0] == (MONDAY, MONDAY + 9 * HOUR)
    assert holes[-1] == (MONDAY + 4 * DAY + 18 * HOUR, until), "the weekend is one hole"
    nights = services.save_roster(
        None, actor=cast.wang_fang, name_en="Nights", team=cast.network, starts_on=date(2026, 11, 1), turn_days=1
    )
    services.join_roster(nights, cast.liu_yang, actor=cast.wang_fang)
    assert coverage_of(cast.network, MONDAY, until).holes == []


def test_however_many_teams_the_overview_asks_as_often(cast, early, client, django_assert_num_queries):
    client.force_login(cast.zhang_wei)
    url = reverse("accounts:coverage")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        rows = client.get(url).context["rows"]
    assert (cast.network, True) in [(team, is_planned) for team, _here, _hole, is_planned in rows]
    for n in range(4):
        team = services.create_team(actor=cast.admin, slug=f"t{n}", name_en=f"T{n}", members=[cast.liu_yang])
        shift(cast, cast.liu_yang, team=team)
    with django_assert_num_queries(len(few)):
        assert len(client.get(url).context["rows"]) == len(rows) + 4


def test_an_absence_tears_a_hole(cast, early):
    start, end = MONDAY + 12 * HOUR, MONDAY + 14 * HOUR
    Delegation.objects.create(person=cast.chen_hao, substitute=cast.liu_yang, from_at=start, until_at=end)
    found = coverage_of(cast.network, MONDAY, MONDAY + DAY)
    assert found.holes == [(start, end)]
    assert [one.substitute for one in found.absences] == [cast.liu_yang]


def test_coverage_costs_the_same_for_many(cast, early, django_assert_max_num_queries):
    for hour in range(6):
        shift(cast, cast.chen_hao, starts_at=time(hour))
    with django_assert_max_num_queries(9):
        coverage_of(cast.network, MONDAY, MONDAY + 35 * DAY)


def test_ones_own_calendar_holds_shifts_and_calls(cast, early):
    with clock.travel(MONDAY):
        feed, _secret = changes.open_feed(actor=cast.chen_hao, content="mine")
        text = feeds.written(feed).decode()
    assert "Early" in text and "DTSTART:20261116T010000Z" in text
    assert f"shift-{early.pk}-20261116T0100" in text


def test_wrong_shifts_are_refused_by_field(cast):
    for fields, name in (
        ({"weekdays": []}, "weekdays"),
        ({"zone": "Moon/Sea"}, "zone"),
        ({"valid_until": date(2026, 1, 1)}, "valid_until"),
        ({"valid_from": date(1900, 1, 1)}, "valid_from"),
    ):
        with pytest.raises(InvalidInput) as refused:
            shift(cast, cast.chen_hao, **fields)
        assert name in refused.value.fields
    for people in ((), (cast.liu_yang,)):
        with pytest.raises(InvalidInput) as refused:
            shift(cast, *people)
        assert "people" in refused.value.fields
    with pytest.raises(NotAllowed):
        services.save_shift(None, actor=cast.chen_hao, team=cast.network, people=[cast.chen_hao])
    assert not WorkShift.objects.exists()


def test_pages_show_and_keep_shifts(cast, early, client):
    client.force_login(cast.chen_hao)
    page = client.get(reverse("accounts:team_coverage", args=[cast.network.pk]) + "?from=2026-11-16")
    assert "陈浩" in page.content.decode() and "shifts/new" not in page.content.decode()
    assert client.get(reverse("accounts:new_shift", args=[cast.network.pk])).status_code == 403
    client.force_login(cast.wang_fang)
    typed = {"label": "Late", "weekdays": ["5"], "starts_at": "18:00", "ends_at": "02:00", "zone": "Asia/Shanghai",
             "valid_from": "2026-11-01", "people": [cast.liu_yang.pk]}  # fmt: skip
    url = reverse("accounts:new_shift", args=[cast.network.pk])
    refused = client.post(url, typed)
    assert refused.status_code == 422 and 'value="Late"' in refused.content.decode()
    assert client.post(url, typed | {"people": [cast.chen_hao.pk]}).status_code == 302
    late = WorkShift.objects.get(label="Late")
    assert client.get(reverse("accounts:coverage")).status_code == 200
    assert client.get(reverse("accounts:team_coverage", args=[cast.network.pk]) + "?view=month").status_code == 200
    client.post(reverse("accounts:drop_shift", args=[late.pk]))
    assert not WorkShift.objects.filter(pk=late.pk).exists()
    client.force_login(cast.li_na)
    assert client.get(reverse("accounts:coverage")).status_code == 404
