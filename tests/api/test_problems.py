"""Problems through the API: the same rules as on their pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from problems.models import Problem
from tests.problems import FOUND, host, known_error, raised

pytestmark = pytest.mark.django_db


def test_a_problem_is_written_described_and_made_a_known_error(api, cast, incident):
    client = api(cast.chen_hao)
    body = {"title": "It restarts", "affected_items": [host(cast).pk], "impact": 1, "urgency": 1}
    born = client.post("/api/v1/problems/", body, format="json")
    assert (born.status_code, born.json()["state"], born.json()["priority"]) == (201, "new", 1)
    address = f"/api/v1/problems/{born.json()['number']}/"
    for name in ("assess", "investigate"):
        assert client.post(f"{address}transitions/", {"name": name}, format="json").status_code == 200
    refused = client.post(f"{address}transitions/", {"name": "declare_known_error"}, format="json")
    assert refused.status_code == 409 and "root cause" in refused.json()["detail"]
    both = client.patch(address, {**FOUND, "has_no_workaround": True}, format="json")
    assert (both.status_code, list(both.json()["errors"])) == (422, ["has_no_workaround"])
    assert client.patch(address, {**FOUND, "version": 99}, format="json").status_code == 409
    assert client.patch(address, FOUND, format="json").json()["workaround"] == FOUND["workaround"]
    known = client.post(f"{address}transitions/", {"name": "declare_known_error"}, format="json")
    assert (known.status_code, known.json()["state"]) == (200, "known_error")
    linked = client.post(f"{address}incidents/", {"incident": incident.number}, format="json")
    assert linked.status_code == 200 and Problem.objects.get().incidents().count() == 1
    assert client.post(f"{address}publish/").json()["published_at"]
    assert client.post(f"{address}publish/").status_code == 409


def test_a_duplicate_and_a_risk_are_acts_of_their_own(api, cast):
    client, problem, double = api(cast.chen_hao), known_error(cast), raised(cast)
    closed = client.post(f"/api/v1/problems/{double.number}/duplicate/", {"original": problem.number}, format="json")
    assert closed.json()["closing_code"] == "duplicate"
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    asked = {"reason": "Replaced soon", "review_on": day, "approver": cast.wang_fang.pk}
    address = f"/api/v1/problems/{problem.number}/accept-risk/"
    assert client.post(address, asked, format="json").json()["state"] == "asked"
    own = client.post(address, asked | {"approver": cast.chen_hao.pk}, format="json")
    assert (own.status_code, list(own.json()["errors"])) == (422, ["approver"])


def test_a_task_is_given_until_a_day(api, cast):
    client, problem = api(cast.chen_hao), raised(cast)
    address, day = f"/api/v1/problems/{problem.number}/", (timezone.localdate() + timedelta(days=3)).isoformat()
    said = {"title": "Measure", "assignee": cast.liu_yang.pk, "due_on": day}
    given = client.post(f"{address}add-task/", said, format="json")
    assert (given.status_code, given.json()["due_on"], given.json()["is_late"]) == (201, day, False)
    assert [task["due_on"] for task in client.get(f"{address}tasks/").json()["results"]] == [day]
    for wrong, name in (({"due_on": "2020-01-01"}, "due_on"), ({"assignee": cast.li_na.pk}, "assignee")):
        refused = client.post(f"{address}add-task/", said | wrong, format="json")
        assert (refused.status_code, list(refused.json()["errors"])) == (422, [name])


def test_requesters_write_none_and_see_none(api, cast, incident):
    problem = raised(cast, incidents=[incident])
    client = api(cast.li_na)
    assert client.post("/api/v1/problems/", {"title": "x"}, format="json").status_code == 403
    assert client.get(f"/api/v1/problems/{problem.number}/").status_code == 404
    assert client.get(f"/api/v1/tickets/{problem.number}/").status_code == 404
    assert client.get("/api/v1/problems/").json()["results"] == []
    assert problem.number not in client.get(f"/api/v1/incidents/{incident.number}/links/").content.decode()


def test_a_list_costs_the_same_for_one_and_for_many(api, cast):
    client, counts = api(cast.chen_hao), []
    for many in (1, 4):
        for _ in range(many):
            raised(cast)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/api/v1/problems/").status_code == 200
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1, counts
