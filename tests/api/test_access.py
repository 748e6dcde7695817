"""Who is let in, with which token, and that both doors show the same."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import services as accounts
from accounts.models import ApiToken, User
from cmdb.models import Service
from core.api.access import PersonThrottle, StrangerThrottle
from incidents import services as incidents
from surveys import services as surveys
from surveys.models import Survey
from tickets import services as tickets
from tickets.models import Attachment, Comment, Ticket

pytestmark = pytest.mark.django_db
CAST = ["li_na", "zhao_min", "stranger", "zhang_wei", "chen_hao", "liu_yang", "wang_fang", "admin"]
ADDRESSES = ["tickets/", "incidents/", "users/", "users/me/", "teams/", "services/", "categories/", "surveys/", "no/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_visitor_gets_a_problem_that_asks_for_a_token(address, db):
    response = APIClient().get(f"/api/v1/{address}")
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert {"type", "title", "status", "detail", "instance"} <= response.json().keys()


def test_token_works_until_it_expires_is_revoked_or_its_owner_leaves(secret, cast):
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {secret(cast.li_na, 'read')}")
    token = ApiToken.objects.get(user=cast.li_na)

    def status():
        return client.get("/api/v1/users/me/").status_code

    assert status() == 200
    used = ApiToken.objects.get().last_used_at
    assert status() == 200
    assert ApiToken.objects.get().last_used_at == used is not None
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert status() == 401
    ApiToken.objects.update(expires_at=None)
    User.objects.filter(pk=cast.li_na.pk).update(is_active=False)
    assert status() == 401
    User.objects.filter(pk=cast.li_na.pk).update(is_active=True)
    accounts.revoke_token(token, actor=cast.li_na)
    assert status() == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer x y", "Bearer \xff\x80", "Basic YTpi", "Token abc"])
def test_malformed_credentials_are_401(header, db):
    assert APIClient(HTTP_AUTHORIZATION=header).get("/api/v1/users/me/").status_code == 401


def test_reading_token_cannot_write(api, cast, incident):
    reader = api(cast.li_na, "read")
    assert reader.get(f"/api/v1/tickets/{incident.number}/").status_code == 200
    response = reader.post(f"/api/v1/tickets/{incident.number}/comments/", {"body": "x"})
    assert response.status_code == 403
    assert "write" in response.json()["detail"]
    assert not Comment.objects.exists()


def test_session_writes_only_with_its_csrf_token(client, cast, incident):
    url = f"/api/v1/tickets/{incident.number}/comments/"
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(cast.li_na)
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"body": "x"}).status_code == 403
    browser.get("/account/login/")
    browser.cookies["csrftoken"] = token = "x" * 32
    assert browser.post(url, {"body": "x"}, HTTP_X_CSRFTOKEN=token).status_code == 201


def test_everybody_sees_by_api_what_visible_to_shows(api, cast, incident, secret):
    for actor, service in ((cast.zhao_min, cast.email), (cast.zhang_wei, cast.erp)):
        incidents.report_incident(actor=actor, title="Another", service=service)
    incidents.report_incident(actor=cast.stranger, title="Elsewhere")
    surveys.ask_about(incident)
    tickets.comment(incident, actor=cast.zhang_wei, body="note", is_internal=True)
    tickets.comment(incident, actor=cast.zhang_wei, body="reply")

    def ids(client, path, key="id"):
        response = client.get(f"/api/v1/{path}", {"page_size": 100})
        return {row[key] for row in response.json()["results"]} if response.status_code == 200 else response.status_code

    def keys(rows, name="pk"):
        return set(rows.values_list(name, flat=True))

    for name in CAST:
        who = getattr(cast, name)
        client = api(who)
        seen = Ticket.objects.visible_to(who)
        assert ids(client, "tickets/", "number") == keys(seen, "number"), name
        assert ids(client, "incidents/", "number") == keys(seen, "number"), name
        assert ids(client, "users/") == keys(User.objects.visible_to(who)), name
        assert ids(client, "services/") == keys(Service.objects.visible_to(who)), name
        assert ids(client, "surveys/") == keys(Survey.objects.visible_to(who)), name
        expected = keys(Comment.objects.visible_to(who)) if seen.filter(pk=incident.pk).exists() else 404
        assert ids(client, f"tickets/{incident.number}/comments/") == expected, name
        assert ids(client, f"incidents/{incident.number}/comments/") == expected, name
        for ticket in Ticket.objects.all():
            status = client.get(f"/api/v1/incidents/{ticket.number}/").status_code
            assert status == (200 if seen.filter(pk=ticket.pk).exists() else 404), (name, ticket)
            for below in ("comments", "attachments", "transitions", "events", "links", "watchers"):
                assert client.get(f"/api/v1/tickets/{ticket.number}/{below}/").status_code == status, (name, below)


def test_requester_reads_nothing_of_the_desk(api, cast, incident):
    tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    note = tickets.comment(incident, actor=cast.zhang_wei, body="secret note", is_internal=True)
    tickets.edit(incident, actor=cast.zhang_wei, changes={"title": "New title"})
    mine, desk = api(cast.li_na), api(cast.zhang_wei)
    base = f"/api/v1/incidents/{incident.number}"
    shown = mine.get(f"{base}/").json()
    assert not {"escalation_level", "priority_reason", "source_ref", "affected_items"} & shown.keys()
    assert "escalation_level" in desk.get(f"{base}/").json()
    events = mine.get(f"{base}/events/").json()["results"]
    assert all("changes" not in event and event["is_public"] for event in events)
    assert note.pk not in [event["comment"] for event in events]
    assert "secret note" not in str(events)
    assert any(event.get("changes") for event in desk.get(f"{base}/events/").json()["results"])
    assert mine.get(f"{base}/comments/{note.pk}/").status_code == 404
    refused = mine.post(f"{base}/comments/", {"body": "mine", "is_internal": True})
    assert refused.status_code == 403
    assert "is_vip" not in mine.get(f"/api/v1/users/{cast.zhao_min.pk}/").json()
    assert mine.get("/api/v1/users/", {"role": "agent"}).status_code == 400


def test_files_come_back_as_harmless_downloads(api, cast, incident, tmp_path):
    base = f"/api/v1/tickets/{incident.number}/attachments/"
    page = tmp_path / "página.html"
    page.write_text("<script>alert(1)</script>")
    with page.open("rb") as file:
        kept = api(cast.li_na).post(base, {"files": file}, format="multipart")
    assert kept.status_code == 201, kept.content
    row = kept.json()[0]
    for who, status in (("li_na", 200), ("zhang_wei", 200), ("zhao_min", 404), ("stranger", 404)):
        response = api(getattr(cast, who)).get(row["url"])
        assert response.status_code == status, who
        response.getvalue()  # the client closes the file behind it
    response = api(cast.li_na).get(row["url"])
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    assert response.getvalue() == b"<script>alert(1)</script>"
    Attachment.objects.update(is_internal=True)
    assert api(cast.li_na).get(row["url"]).status_code == 404


def test_throttles_say_when_to_come_back(api, cast, monkeypatch):
    monkeypatch.setattr(PersonThrottle, "rate", "2/min", raising=False)
    monkeypatch.setattr(StrangerThrottle, "rate", "2/min", raising=False)
    stranger = APIClient(HTTP_AUTHORIZATION="Bearer wrong")
    for client, before in ((api(cast.li_na), 200), (stranger, 401)):
        assert [client.get("/api/v1/users/me/").status_code for _ in range(3)] == [before, before, 429]
        response = client.get("/api/v1/users/me/")
        assert 0 < int(response["Retry-After"]) <= 60
    assert api(cast.zhang_wei).get("/api/v1/users/me/").status_code == 200
