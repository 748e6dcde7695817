"""Windows, freezes, collisions and free times over the API: by the portal's own services."""

from datetime import datetime, timedelta

import pytest

from changes import services as changes
from core import clock
from tests.change_calendar import freeze
from tests.changes import change_manager, planned
from tests.landscape import landscape

pytestmark = pytest.mark.django_db
API = "/api/v1/"
HOUR = timedelta(hours=1)


@pytest.fixture
def land(cast):
    return landscape(cast)


@pytest.fixture
def keeper(cast):
    return change_manager(cast)


def test_windows_are_kept_by_change_managers(api, cast, keeper, land):
    manager, reader = api(keeper), api(cast.chen_hao)
    given = {"name_en": "Sundays", "from_on": "2026-01-01", "opens_at": "01:00", "lasts_for": 240,
             "rule": "FREQ=WEEKLY;BYDAY=SU", "items": [land["core"].pk]}  # fmt: skip
    assert reader.post(f"{API}maintenance-windows/", given, "json").status_code == 403
    made = manager.post(f"{API}maintenance-windows/", given, "json")
    assert made.status_code == 201, made.content
    one = f"{API}maintenance-windows/{made.json()['id']}/"
    assert [item["slug"] for item in reader.get(one).json()["items"]] == ["core"]
    wrong = manager.patch(one, {"rule": "FREQ=HOURLY", "until_on": "2020-01-01"}, "json")
    assert wrong.status_code == 422 and set(wrong.json()["errors"]) == {"rule", "until_on"}
    assert manager.patch(one, {"lasts_for": 60}, "json").json()["lasts_for"] == 60
    assert [item["slug"] for item in reader.get(one).json()["items"]] == ["core"]
    assert api(cast.li_na).get(one).status_code == 404
    assert manager.delete(one).status_code == 204


def test_freezes_are_kept_by_change_managers(api, cast, keeper):
    manager = api(keeper)
    given = {"name_en": "Year end", "reason": "Books", "from_at": "2026-12-24T00:00:00Z",
             "until_at": "2027-01-03T00:00:00Z", "scope": "services", "services": [cast.erp.pk],
             "excepted_roles": ["change_manager"]}  # fmt: skip
    backwards = manager.post(f"{API}freezes/", given | {"until_at": "2026-12-01T00:00:00Z"}, "json")
    assert backwards.status_code == 422 and "until_at" in backwards.json()["errors"]
    made = manager.post(f"{API}freezes/", given, "json")
    assert made.status_code == 201, made.content
    assert [one["slug"] for one in made.json()["services"]] == ["erp"]
    assert manager.post(f"{API}freezes/", given | {"excepted_roles": ["boss"]}, "json").status_code == 422
    assert len(api(cast.zhang_wei).get(f"{API}freezes/").json()["results"]) == 1


def test_collisions_are_listed_and_accepted(api, cast, keeper, land):
    one, other = (planned(cast, items=[land[slug]]) for slug in ("host-1", "host-2"))
    changes.check_asked()
    rows = api(cast.chen_hao).get(f"{API}collisions/?state=open&change={one.number}").json()["results"]
    assert [(row["first"], row["second"], row["item"]) for row in rows] == [
        (one.number, other.number, land["cluster"].pk)
    ]
    assert sorted(rows[0]["ways"]) == sorted([land[slug].pk, land["cluster"].pk] for slug in ("host-1", "host-2"))
    accept = f"{API}collisions/{rows[0]['id']}/accept/"
    assert api(cast.chen_hao).post(accept, {"reason": "x"}, "json").status_code == 403
    assert api(cast.stranger).post(accept, {"reason": "x"}, "json").status_code == 404
    assert api(keeper).post(accept, {"reason": ""}, "json").status_code == 422
    assert api(keeper).post(accept, {"reason": "Empty that night"}, "json").json()["state"] == "accepted"
    assert api(keeper).post(accept, {"reason": "Again"}, "json").status_code == 409
    assert api(keeper).get(f"{API}collisions/?state=none").status_code == 400


def test_the_next_free_time_is_told(api, cast, keeper, land):
    change = planned(cast, items=[land["host-1"]])
    freeze(keeper, clock.now(), clock.now() + 100 * HOUR)
    url = f"{API}changes/{change.number}/free-slot/"
    found = api(cast.chen_hao).get(url).json()
    start, end = (datetime.fromisoformat(found[name]) for name in ("start", "end"))
    assert start >= clock.now() + 99 * HOUR and end - start == 2 * HOUR
    later = (clock.now() + 200 * HOUR).isoformat().replace("+00:00", "Z")
    assert datetime.fromisoformat(api(cast.chen_hao).get(url, {"after": later}).json()["start"]) > start
    assert api(cast.chen_hao).get(url, {"after": "soon"}).status_code == 400
    assert api(cast.stranger).get(url).status_code == 404
