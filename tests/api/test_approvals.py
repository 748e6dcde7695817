"""Approvals and tasks over the API."""

import pytest

from incidents import services as incidents
from tickets.models import ApprovalSlot
from tickets.services import approving, tasks
from tickets.services.approving import Stage
from tickets.services.tasks import PlannedTask


@pytest.fixture
def slot(cast, incident):
    approving.ask(incident, [Stage("Manager", "any", [cast.zhao_min, cast.chen_hao])], scope=1, actor=cast.li_na)
    return ApprovalSlot.objects.get(approver=cast.zhao_min)


def test_an_approver_reads_the_steps_and_decides(api, cast, incident, slot):
    under = f"/api/v1/incidents/{incident.number}"
    listed = api(cast.zhao_min).get(f"{under}/approvals/").json()["results"]
    assert listed[0]["steps"][0]["votes"][0]["approver"]["username"] == "zhao.min"
    assert listed[0]["state"] == "open"
    decision = f"{under}/approvals/{slot.pk}/decision/"
    empty = api(cast.zhao_min).post(decision, {"approve": False}, format="json")
    assert (empty.status_code, "reason" in empty.json()["errors"]) == (422, True)
    assert api(cast.li_na).post(decision, {"approve": True}, format="json").status_code == 403
    assert api(cast.stranger).post(decision, {"approve": True}, format="json").status_code == 404
    answer = api(cast.zhao_min).post(decision, {"approve": True}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (200, "approved")
    late = ApprovalSlot.objects.get(approver=cast.chen_hao)
    refused = api(cast.chen_hao).post(f"{under}/approvals/{late.pk}/decision/", {"approve": True}, format="json")
    assert refused.status_code == 409


def test_a_vote_of_another_ticket_is_not_there(api, cast, incident, slot):
    other = incidents.report_incident(actor=cast.zhao_min, title="mine", service=cast.erp)
    url = f"/api/v1/tickets/{other.number}/approvals/{slot.pk}/decision/"
    assert api(cast.zhao_min).post(url, {"approve": True}, format="json").status_code == 404


def test_tasks_are_finished_and_skipped(api, cast, incident):
    plan = [PlannedTask("a", "A", team=cast.desk), PlannedTask("b", "B", team=cast.desk, after=("a",))]
    first, second = tasks.plan(incident, plan, actor=cast.zhang_wei)
    under = f"/api/v1/tickets/{incident.number}/tasks"
    assert [row["after"] for row in api(cast.zhang_wei).get(f"{under}/").json()["results"]] == [[], ["a"]]
    assert api(cast.li_na).get(f"{under}/").json()["results"] == []
    assert api(cast.li_na).post(f"{under}/{first.pk}/complete/", {}, format="json").status_code == 404
    done = api(cast.zhang_wei).post(f"{under}/{first.pk}/complete/", {"note": "ok"}, format="json")
    assert (done.status_code, done.json()["state"], done.json()["note"]) == (200, "done", "ok")
    assert api(cast.zhang_wei).post(f"{under}/{second.pk}/skip/", {}, format="json").status_code == 422
    skipped = api(cast.zhang_wei).post(f"{under}/{second.pk}/skip/", {"reason": "no need"}, format="json")
    assert skipped.json()["state"] == "skipped"
    again = api(cast.zhang_wei).post(f"{under}/{second.pk}/skip/", {"reason": "no need"}, format="json")
    assert again.status_code == 409


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", ["approvals", "tasks"])
def test_lists_cost_the_same_for_one_and_for_three(api, cast, incident, path, count, django_assert_max_num_queries):
    approvers = [cast.zhao_min, cast.chen_hao, cast.liu_yang][:count]
    approving.ask(incident, [Stage(str(n), "all", approvers) for n in range(count)], scope=1, actor=cast.li_na)
    tasks.plan(incident, [PlannedTask(str(n), "T", team=cast.desk) for n in range(count)], actor=cast.zhang_wei)
    client = api(cast.zhang_wei)
    with django_assert_max_num_queries(12):
        assert client.get(f"/api/v1/tickets/{incident.number}/{path}/").status_code == 200
