"""Changes through the API: the same rules as on their pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from changes.models import Change
from tests.changes import WRITTEN, answers, change_manager, planned
from tests.landscape import landscape

pytestmark = pytest.mark.django_db


def test_a_change_is_written_planned_assessed_and_sent_for_approval(api, cast):
    change_manager(cast)
    host = landscape(cast)["host-1"]
    client = api(cast.chen_hao)
    body = {"title": "Patch", "affected_items": [host.pk], "implementer": cast.liu_yang.pk}
    born = client.post("/api/v1/changes/", body, format="json")
    assert (born.status_code, born.json()["state"], born.json()["type"]) == (201, "draft", "normal")
    address = f"/api/v1/changes/{born.json()['number']}/"
    wrong = {"planned_start": "2099-01-01T10:00:00Z", "planned_end": "2099-01-01T09:00:00Z"}
    refused = client.patch(address, wrong, format="json")
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["planned_end"])
    plan = {**WRITTEN, "planned_start": "2099-01-01T08:00:00Z", "planned_end": "2099-01-01T09:00:00Z"}
    stale = client.patch(address, {**plan, "version": 99}, format="json")
    assert stale.status_code == 409
    assert client.patch(address, plan, format="json").json()["rollback_plan"] == WRITTEN["rollback_plan"]
    client.post(f"{address}transitions/", {"name": "submit"}, format="json")
    assessed = client.post(f"{address}assess/", {"answers": answers()}, format="json")
    assert (assessed.status_code, assessed.json()["score"], assessed.json()["level"]) == (201, 2, "Low")
    sent = client.post(f"{address}transitions/", {"name": "ask_approval"}, format="json")
    assert (sent.status_code, sent.json()["state"]) == (200, "awaiting_approval")
    assert client.get(f"{address}obstacles/").json() == []


def test_requesters_write_none_and_see_none_of_others(api, cast):
    change = planned(cast, items=[cast.erp])
    assert api(cast.li_na).post("/api/v1/changes/", {"title": "x"}, format="json").status_code == 403
    assert api(cast.li_na).get(f"/api/v1/changes/{change.number}/").status_code == 404
    assert Change.objects.count() == 1


def test_a_list_costs_the_same_for_one_and_for_many(api, cast):
    client, counts = api(cast.chen_hao), []
    for many in (1, 4):
        for _ in range(many):
            planned(cast, items=[cast.erp])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/api/v1/changes/").status_code == 200
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1, counts
