"""Major incidents over the API beside their steps: arranged, told of and noted as on the command page."""

from datetime import timedelta

import pytest

from cmdb.models import Outage
from events.models import Event
from incidents import services as incidents
from incidents.models import MajorIncident, MajorUpdate

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast, incident):
    values = {"commander": cast.chen_hao, "extent": "full", "cadence": "30"}
    incidents.take_major(incident, "declare", actor=cast.wang_fang, values=values)
    return f"/api/v1/majors/{incident.number}/"


def test_arranging_changes_what_is_named_and_nothing_else(api, cast, url):
    manager, before = api(cast.wang_fang), MajorIncident.objects.get()
    read = manager.get(url)
    answer = manager.patch(url, {"bridge": "https://meet.example/7"}, "json", HTTP_IF_MATCH=read["ETag"])
    assert answer.status_code == 200, answer.content
    assert (answer.json()["bridge"], answer.json()["commander"]["id"]) == ("https://meet.example/7", cast.chen_hao.pk)
    assert MajorIncident.objects.get().next_update_due == before.next_update_due

    answer = manager.patch(url, {"commander": cast.liu_yang.pk, "cadence": 60, "services": [cast.email.pk]}, "json")
    assert answer.json()["cadence"] == 60 and answer.json()["services"][0]["id"] == cast.email.pk
    assert MajorIncident.objects.get().next_update_due > before.next_update_due + timedelta(minutes=20)
    assert Outage.objects.get(until_at=None).service == cast.email
    assert Event.objects.filter(name="major.arranged").count() == 2


def test_arranging_is_refused_to_the_stale_the_wrong_and_those_who_do_not_lead(api, cast, url):
    manager, stale = api(cast.wang_fang), api(cast.wang_fang).get(url)["ETag"]
    manager.patch(url, {"bridge": "1"}, "json")
    late = manager.patch(url, {"bridge": "2"}, "json", HTTP_IF_MATCH=stale)
    assert late.status_code == 412 and late.json()["current_version"] == MajorIncident.objects.get().incident.version
    assert manager.patch(url, {"bridge": "2", "version": 1}, "json").status_code == 409
    for wrong in ({"commander": cast.li_na.pk}, {"cadence": 7}, {"services": []}, {"next_update_due": "2030-01-01"}):
        refused = manager.patch(url, wrong, "json")
        assert refused.status_code == 422 and set(refused.json()["errors"]) == set(wrong), refused.content
    assert api(cast.liu_yang).patch(url, {"bridge": "2"}, "json").status_code == 403
    for stranger in (cast.li_na, cast.stranger):
        assert api(stranger).patch(url, {"bridge": "2"}, "json").status_code == 404
    assert MajorIncident.objects.get().bridge == "1"


def test_update_is_posted_once_and_moves_the_next_one_on(api, cast, url):
    manager, due = api(cast.wang_fang), MajorIncident.objects.get().next_update_due
    said = {"text_zh": "已定位原因", "text_en": "Cause found"}
    for _attempt in range(2):
        answer = manager.post(f"{url}updates/", said, "json", HTTP_IDEMPOTENCY_KEY="u")
        assert answer.status_code == 201, answer.content
    assert (answer.json()["audience"], answer.json()["author"]["id"]) == ("public", cast.wang_fang.pk)
    assert MajorUpdate.objects.count() == 1 and MajorIncident.objects.get().next_update_due > due
    assert Event.objects.filter(name="major.informed").exists()
    assert [row["text_en"] for row in manager.get(f"{url}updates/").json()["results"]] == ["Cause found"]
    assert manager.post(f"{url}updates/", {"audience": "public"}, "json").status_code == 422
    assert manager.post(f"{url}updates/", said | {"audience": "everybody"}, "json").status_code == 422
    assert api(cast.liu_yang).post(f"{url}updates/", said, "json").status_code == 403
    assert api(cast.li_na).post(f"{url}updates/", said, "json").status_code == 404


def test_note_stands_in_the_timeline_and_only_the_desk_reads_it(api, cast, incident, url):
    agent = api(cast.zhang_wei)
    for _attempt in range(2):
        answer = agent.post(f"{url}notes/", {"text": "Rack 3 is dark"}, "json", HTTP_IDEMPOTENCY_KEY="n")
        assert answer.status_code == 201, answer.content
    assert (answer.json()["text"], answer.json()["author"]["id"]) == ("Rack 3 is dark", cast.zhang_wei.pk)
    assert [row["text"] for row in agent.get(f"{url}notes/").json()["results"]] == ["Rack 3 is dark"]
    assert agent.post(f"{url}notes/", {"text": " "}, "json").status_code == 422
    assert api(cast.li_na).get(f"{url}notes/").status_code == 404
    seen = api(cast.li_na).get(f"/api/v1/incidents/{incident.number}/events/").json()["results"]
    assert "major.noted" not in [event["name"] for event in seen]


def test_what_is_over_is_no_longer_arranged_or_told_of(api, cast, incident, url):
    words = {"resolution_code": "fixed", "resolution_notes": "New power supply", "name": "resolve"}
    words["service"] = cast.erp.pk
    manager = api(cast.wang_fang)
    done = api(cast.zhang_wei).post(f"/api/v1/incidents/{incident.number}/transitions/", words, "json")
    assert done.status_code == 200, done.content
    assert manager.post(f"{url}steps/", {"name": "stand_down"}, "json").status_code == 200
    assert manager.patch(url, {"bridge": "2"}, "json").status_code == 409
    assert manager.post(f"{url}updates/", {"text_en": "x"}, "json").status_code == 409
