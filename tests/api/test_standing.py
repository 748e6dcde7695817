"""Major incidents, outages, announcements and the clocks of requests over the API: by the portal's own services."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import services as catalog
from cmdb.models import Announcement, Outage
from core import clock
from incidents.models import MajorIncident
from sla import services as sla
from tests.offers import ANSWERS, offer

pytestmark = pytest.mark.django_db
API = "/api/v1/"
HOUR = timedelta(hours=1)


def test_major_incident_is_declared_and_stood_down_by_its_steps(api, cast, incident):
    manager, agent = api(cast.wang_fang), api(cast.zhang_wei)
    steps = f"{API}majors/{incident.number}/steps/"
    assert agent.get(f"{API}majors/{incident.number}/").status_code == 404, "an ordinary incident"
    assert [step["name"] for step in agent.get(steps).json()] == ["propose"]
    declare = {"name": "declare", "commander": cast.chen_hao.pk, "extent": "full", "cadence": 30}
    assert agent.post(steps, declare, "json").status_code == 403
    assert manager.post(steps, {**declare, "extent": "total"}, "json").status_code == 422
    assert manager.post(steps, {**declare, "version": 99}, "json").status_code == 409
    answer = manager.post(steps, declare, "json")
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert (body["state"], body["commander"]["id"], body["number"]) == ("declared", cast.chen_hao.pk, incident.number)
    assert Outage.objects.get(until_at=None).cause == incident.number
    assert manager.post(steps, declare, "json").status_code == 409

    assert [row["number"] for row in agent.get(f"{API}majors/?state=declared").json()["results"]] == [incident.number]
    assert agent.get(f"{API}majors/?state=stood_down").json()["results"] == []
    assert agent.get(f"{API}majors/{incident.number}/").json()["extent"] == "full"
    for stranger in (cast.li_na, cast.stranger):
        assert api(stranger).get(f"{API}majors/").json()["results"] == []
        assert api(stranger).get(f"{API}majors/{incident.number}/").status_code == 404
    assert api(cast.li_na).post(steps, declare, "json").status_code in (403, 409)
    assert MajorIncident.objects.get().bridge == ""


def test_outage_is_entered_changed_ended_and_taken_back_by_managers(api, cast):
    manager, reader, now = api(cast.wang_fang), api(cast.li_na), clock.now()
    given = {"service": cast.erp.pk, "from_at": (now - 2 * HOUR).isoformat(), "text_en": "Fan broke"}
    for refused in (reader, api(cast.zhang_wei)):
        assert refused.post(f"{API}outages/", given, "json").status_code == 403
    made = manager.post(f"{API}outages/", given, "json")
    assert made.status_code == 201, made.content
    one = f"{API}outages/{made.json()['id']}/"
    again = manager.post(f"{API}outages/", given, "json")
    assert again.status_code == 422 and "from_at" in again.json()["errors"]
    assert manager.patch(one, {"until_at": (now + HOUR).isoformat()}, "json").status_code == 422
    assert manager.patch(one, {"is_full": False}, "json").json()["is_full"] is False
    assert [row["text"] for row in reader.get(f"{API}outages/?is_open=true").json()["results"]] == ["Fan broke"]
    assert api(cast.stranger).get(one).status_code == 404
    assert manager.post(f"{one}end/").json()["until_at"] and manager.post(f"{one}end/").status_code == 409
    assert reader.delete(one).status_code == 403 and manager.delete(one).status_code == 204


def test_outage_of_a_ticket_is_left_to_it_and_names_it_to_the_desk_alone(api, cast):
    outage = Outage.objects.create(service=cast.erp, from_at=clock.now(), cause="INC000001")
    one = f"{API}outages/{outage.pk}/"
    assert api(cast.wang_fang).patch(one, {"is_full": False}, "json").status_code == 409
    assert (
        api(cast.zhang_wei).get(one).json()["cause"] == "INC000001" and api(cast.li_na).get(one).json()["cause"] == ""
    )


def test_announcement_is_written_by_managers_and_read_by_whom_it_concerns(api, cast):
    manager, now = api(cast.wang_fang), clock.now()
    given = {
        "title_en": "Maintenance", "from_at": now.isoformat(), "until_at": (now + HOUR).isoformat(),
        "services": [cast.erp.pk], "organisation": cast.xinghe.pk,
    }  # fmt: skip
    assert api(cast.zhang_wei).post(f"{API}announcements/", given, "json").status_code == 403
    assert manager.post(f"{API}announcements/", {**given, "organisation": cast.other.pk}, "json").status_code == 422
    assert manager.post(f"{API}announcements/", {**given, "title_en": ""}, "json").status_code == 422
    made = manager.post(f"{API}announcements/", given, "json")
    assert made.status_code == 201, made.content
    one = f"{API}announcements/{made.json()['id']}/"
    changed = manager.patch(one, {"title_zh": "维护"}, "json").json()
    assert changed["title"] == "Maintenance" and [row["id"] for row in changed["services"]] == [cast.erp.pk]
    assert api(cast.li_na).get(one).status_code == 200 and api(cast.stranger).get(one).status_code == 404
    assert manager.delete(one).status_code == 204 and not Announcement.objects.exists()


def test_request_shows_its_clocks_as_an_incident_does(api, cast):
    sla.install_defaults()
    asked = catalog.submit(offer(cast), actor=cast.li_na, answers=ANSWERS)
    row = api(cast.li_na).get(f"{API}requests/{asked.number}/").json()
    listed = api(cast.li_na).get(f"{API}requests/").json()["results"][0]
    assert [one["metric"] for one in row["clocks"]] == [one["metric"] for one in listed["clocks"]]
    assert row["clocks"], "the agreement for requests is in force"


@pytest.mark.parametrize("path", ["outages", "announcements"])
def test_lists_cost_the_same_at_one_and_three_rows(api, cast, path):
    reader, counts, now = api(cast.wang_fang), [], clock.now()
    reader.get(f"{API}{path}/")
    for number in range(3):
        Outage.objects.create(service=cast.erp, from_at=now, until_at=now)
        row = Announcement.objects.create(title_en=str(number), from_at=now, until_at=now + HOUR)
        row.services.add(cast.erp)
        with CaptureQueriesContext(connection) as queries:
            assert len(reader.get(f"{API}{path}/").json()["results"]) == number + 1
        counts.append(len(queries))
    assert counts[0] == counts[2]
