"""Teams through the API: their field of work, and who is there when."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts import services
from accounts.models import Delegation

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 15, 16, 0, tzinfo=UTC)  # Monday 00:00 in Shanghai


def test_teams_are_found_by_their_field_of_work(api, cast):
    services.update_team(cast.network, actor=cast.admin, specialism="network")
    found = api(cast.zhang_wei).get("/api/v1/teams/?specialism=network").json()["results"]
    assert [(one["slug"], one["line"], one["specialism"]) for one in found] == [("network", 2, "network")]
    assert api(cast.zhang_wei).get("/api/v1/teams/?specialism=cooking").status_code == 400


def test_who_is_there_when(api, cast):
    services.save_shift(
        None, actor=cast.wang_fang, team=cast.network, people=[cast.chen_hao], label="Early", weekdays=[0],
        starts_at=time(9), ends_at=time(18), valid_from=date(2026, 11, 2),
    )  # fmt: skip
    noon = MONDAY + timedelta(hours=12)
    Delegation.objects.create(
        person=cast.chen_hao, substitute=cast.liu_yang, from_at=noon, until_at=noon + timedelta(hours=1)
    )
    path = f"/api/v1/teams/{cast.network.pk}/coverage/"
    desk, day = api(cast.zhang_wei), MONDAY + timedelta(days=1)
    found = desk.get(path, {"from": MONDAY.isoformat(), "until": day.isoformat()}).json()
    [stretch] = found["stretches"]
    assert (stretch["person"]["username"], stretch["start"], stretch["is_away"]) == (
        "chen.hao", "2026-11-16T01:00:00Z", True,
    )  # fmt: skip
    assert found["holes"] == [{"start": "2026-11-16T04:00:00Z", "end": "2026-11-16T05:00:00Z"}]
    assert found["absences"][0]["substitute"]["username"] == "liu.yang"
    assert desk.get(path).status_code == 200
    for wrong in ({"from": "x"}, {"from": day.isoformat(), "until": MONDAY.isoformat()}, {"to": "x"},
                  {"from": MONDAY.isoformat(), "until": (MONDAY + timedelta(days=63)).isoformat()}):  # fmt: skip
        assert desk.get(path, wrong).status_code == 400, wrong
    assert api(cast.li_na).get(path).status_code == 404
