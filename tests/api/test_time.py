"""The time spent on a ticket: recorded and taken back by whoever spent it, read by the desk only."""

import pytest

from tickets.models import TimeEntry

pytestmark = pytest.mark.django_db


def test_time_is_recorded_listed_and_taken_back_by_its_owner(api, cast, incident):
    door = f"/api/v1/tickets/{incident.number}/time/"
    client = api(cast.zhang_wei)
    made = client.post(door, {"minutes": 25, "note": "call"}, format="json")
    assert made.status_code == 201 and made.json()["minutes"] == 25
    assert [row["note"] for row in client.get(door).json()["results"]] == ["call"]
    for wrong in ({"minutes": 0}, {"minutes": 1441}, {"minutes": 5, "person": 1}):
        assert client.post(door, wrong, format="json").status_code in (400, 422)
    client = api(cast.chen_hao)
    assert client.delete(f"{door}{made.json()['id']}/").status_code == 403
    client = api(cast.li_na)
    assert (
        client.get(door).json()["results"] == [] and client.post(door, {"minutes": 5}, format="json").status_code == 403
    )
    client = api(cast.zhang_wei)
    assert client.delete(f"{door}{made.json()['id']}/").status_code == 204 and not TimeEntry.objects.exists()
