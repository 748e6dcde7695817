"""An incident from report to closing, by API alone."""

import pytest

pytestmark = pytest.mark.django_db


def take(client, number, name, **fields):
    return client.post(f"/api/v1/incidents/{number}/transitions/", {"name": name, **fields})


def test_incident_lives_its_whole_life_through_the_api(api, cast):
    li_na, zhang_wei, chen_hao = api(cast.li_na), api(cast.zhang_wei), api(cast.chen_hao)
    born = li_na.post(
        "/api/v1/incidents/", {"title": "ERP 登录失败", "service": cast.erp.pk, "impact": 2, "urgency": 1}
    )
    assert born.status_code == 201, born.content
    incident = born.json()
    number = incident["number"]
    assert (incident["state"], incident["priority"], incident["channel"]) == ("new", 2, "api")
    assert born["Location"] == f"/api/v1/incidents/{number}/"

    assert take(li_na, number, "claim").status_code == 403
    claimed = take(zhang_wei, number, "claim", version=incident["version"])
    assert claimed.status_code == 200, claimed.content
    assert claimed.json()["assignee"]["username"] == "zhang.wei"
    assert claimed.json()["team"]["slug"] == "service-desk"

    escalated = take(zhang_wei, number, "escalate", team=cast.network.pk, note="Tried a new password.")
    assert escalated.status_code == 200, escalated.content
    assert escalated.json()["escalation_level"] == 1
    assert escalated.json()["escalated_from"]["slug"] == "service-desk"
    assert take(chen_hao, number, "claim").json()["team"]["slug"] == "network"
    assert take(chen_hao, number, "start").json()["state"] == "in_progress"
    held = take(chen_hao, number, "hold", pending_reason="caller", comment="Which browser is it?")
    assert (held.json()["state"], held.json()["pending_reason"]) == ("pending", "caller")

    reply = li_na.post(f"/api/v1/incidents/{number}/comments/", {"body": "Firefox"})
    assert reply.status_code == 201, reply.content
    assert chen_hao.get(f"/api/v1/incidents/{number}/").json()["state"] == "in_progress"

    resolved = take(chen_hao, number, "resolve", resolution_code="fixed", resolution_notes="Certificate renewed.")
    assert resolved.json()["state"] == "resolved"
    names = [t["name"] for t in li_na.get(f"/api/v1/incidents/{number}/transitions/").json()]
    assert names == ["close", "reopen"]
    closed = take(li_na, number, "close")
    assert (closed.json()["state"], closed.json()["state_label"]) == ("closed", "Closed")

    seen = [e["name"] for e in li_na.get(f"/api/v1/incidents/{number}/events/").json()["results"]]
    assert seen[0] == "incident.reported" and seen[-1] == "incident.closed"
    assert "incident.resumed" in seen

    late = li_na.post(f"/api/v1/incidents/{number}/comments/", {"body": "Once more"})
    assert late.status_code == 409
    follow_up = li_na.post(f"/api/v1/incidents/{number}/follow-up/", {"body": "Once more"})
    assert follow_up.status_code == 201, follow_up.content
    links = li_na.get(f"/api/v1/incidents/{follow_up.json()['number']}/links/").json()["results"]
    assert [(link["kind"], link["ticket"]["number"]) for link in links] == [("follows_up", number)]


def test_transitions_say_which_fields_they_take(api, cast, incident):
    rows = api(cast.zhang_wei).get(f"/api/v1/tickets/{incident.number}/transitions/").json()
    resolve = next(row for row in rows if row["name"] == "resolve")
    fields = {field["name"]: field for field in resolve["fields"]}
    assert resolve["target"] == "resolved"
    assert fields["resolution_code"]["required"] and not fields["service"]["required"]
    assert {"value": "fixed", "label": "Repaired"} in fields["resolution_code"]["choices"]


def test_transition_refuses_by_situation_then_right_then_input(api, cast, incident):
    zhang_wei = api(cast.zhang_wei)
    assert take(zhang_wei, incident.number, "explode").status_code == 422
    assert take(zhang_wei, incident.number, "close").status_code == 409
    assert take(api(cast.li_na), incident.number, "resolve").status_code == 403
    wrong = take(zhang_wei, incident.number, "resolve", resolution_code="magic", colour="red", resolution_notes=[1])
    assert wrong.status_code == 422
    assert wrong.json()["errors"] == {"resolution_notes": ["Not a valid string."]}
    wrong = take(zhang_wei, incident.number, "resolve", resolution_code="magic", colour="red")
    assert set(wrong.json()["errors"]) == {"resolution_code", "resolution_notes", "colour"}
    incident.refresh_from_db()
    assert (incident.state, incident.version) == ("new", 1)


def test_ticket_claimed_twice_names_who_was_faster(api, cast, incident):
    assert take(api(cast.zhang_wei), incident.number, "claim", team=cast.desk.pk).status_code == 200
    slower = take(api(cast.admin), incident.number, "claim", team=cast.desk.pk)
    assert slower.status_code == 409
    assert "Zhang Wei" in slower.json()["detail"]


def test_linking_watching_and_urging_follow_rights(api, cast, incident):
    li_na, zhang_wei = api(cast.li_na), api(cast.zhang_wei)
    base = f"/api/v1/tickets/{incident.number}"
    other = zhang_wei.post("/api/v1/incidents/", {"title": "Mail", "service": cast.email.pk}).json()["number"]
    assert li_na.post(f"{base}/links/", {"kind": "relates", "ticket": other}).status_code == 403
    link = zhang_wei.post(f"{base}/links/", {"kind": "caused_by", "ticket": other.lower()})
    assert link.status_code == 201, link.content
    assert li_na.get(f"{base}/links/").json()["results"] == []
    assert li_na.delete(f"{base}/links/{link.json()['id']}/").status_code == 403
    assert zhang_wei.delete(f"{base}/links/{link.json()['id']}/").status_code == 204

    assert api(cast.zhao_min).get(f"{base}/").status_code == 404
    assert li_na.post(f"{base}/watchers/", {"user": cast.chen_hao.pk}).status_code == 403
    assert zhang_wei.post(f"{base}/watchers/", {"user": cast.zhao_min.pk}).status_code == 201
    assert api(cast.zhao_min).get(f"{base}/").status_code == 200
    assert zhang_wei.delete(f"{base}/watchers/{cast.zhao_min.pk}/").status_code == 204
    assert api(cast.zhao_min).get(f"{base}/").status_code == 404

    assert li_na.post(f"{base}/nudge/").status_code == 200
    assert li_na.post(f"{base}/nudge/").status_code == 409
    assert zhang_wei.post(f"{base}/nudge/").status_code == 403
