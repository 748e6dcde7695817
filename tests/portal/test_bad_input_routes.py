"""Nonsense at every address: in the path, in the query, in the form; never a 5xx, whoever sends it."""

import codecs
from urllib.parse import quote

import pytest
from django.db import transaction

from tests.footprint import nothing_written
from tests.guards.routes import all_routes
from tickets import services as tickets

pytestmark = pytest.mark.django_db
SEGMENTS = ["\0", "9" * 30, "9" * 5_000, "工单", "'--"]
VALUES = [
    "\0", "a\0b", "9" * 30, "9" * 5_000, "-1", "٣", "²", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00",
    "2026-01-01T00:00:00+23:59:59.5", "2026-01-01T00:00:00+23:59:59~5", "9999-12-31T23:59:59-23:59~3",
    "9999-12-31T23:59", "2026-03-29T02:30", "<script>", "x" * 10_000, "a\nb", "a\r\nX: y", "[", "%", "\\", "nan",
    "view=x&q=%00&team=99999999999999999999", "\ufffe",
]  # fmt: skip
NAMES = [
    "q", "page", "before", "after", "ids", "since", "loaded", "more", "view", "state", "priority", "team",
    "assignee", "service", "sort", "status", "text", "caller", "on_behalf_of", "person", "to", "in", "role",
    "query", "next", "language", "theme", "version", "pane", "shown", "form_id", "mode", "then", "code", "body",
    "title", "description", "impact", "urgency", "priority_reason", "category", "contact", "place", "other", "kind",
    "name", "audience", "tickets", "action", "go", "everything", "reason", "comment", "score", "active", "user",
    "email", "username", "slug", "line", "lead", "parent", "serves", "scopes", "days", "typing", "off", "on",
    "resume_at", "pending_reason", "resolution_code", "resolution_notes", "note", "channel", "take_it", "sending",
    "affects", "hinders", "figure", "from", "period", "organisation", "age", "weekday", "hour", "format", "roles",
    "teams", "manager", "staff_number", "time_zone", "phone", "location",
]  # fmt: skip
STEPS = ("assign", "escalate", "hold", "resolve", "cancel", "link", "merge", "parent", "split", "watcher", "inform")
OURS = [r for r in all_routes() if not r.template.startswith(("/api", "/admin", "/account/logout", "/account/demo"))]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def taken(cast, incident):
    incident = tickets.take_transition(incident, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
    return tickets.take_transition(incident, "start", actor=cast.zhang_wei)


def answered(client, method, url, **more):
    """The status, with whatever was written taken back."""
    with transaction.atomic():
        response = getattr(client, method)(url, **more)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response.status_code


def known(cast, taken):
    user, team = cast.li_na.pk, cast.desk.pk
    return {"number": taken.number, "pk": taken.pk, "ticket_id": taken.pk, "name": "hold", "user": user, "team": team}


@pytest.mark.parametrize("who", ["li_na", "admin"])
def test_nonsense_in_an_address_is_not_found(client, cast, taken, who):
    client.force_login(getattr(cast, who))
    ours = known(cast, taken)
    for route in OURS:
        for wrong in route.parameters:
            for n, segment in enumerate(SEGMENTS):
                parts = {name: str(ours.get(name, "x")) for name in route.parameters} | {wrong: quote(segment)}
                url = route.template.format(**parts)
                assert answered(client, ("get", "post")[n % 2], url) < 500, url[:200]


@pytest.mark.parametrize("who", ["li_na", "zhang_wei", "admin"])
def test_nonsense_in_queries_and_forms_is_never_a_server_error(client, cast, taken, who):
    user = getattr(cast, who)
    ours = known(cast, taken)
    for n, route in enumerate(OURS):
        for turn, step in enumerate(STEPS if "name" in route.parameters else ("",)):
            parts = {name: step if name == "name" else ours.get(name, 1) for name in route.parameters}
            url = route.template.format(**parts)
            # Every name meets another value at each address; all pairs would take an hour.
            shift = n * 5 + turn * 3 + len(who)
            data = {name: VALUES[(i * 7 + shift) % len(VALUES)] for i, name in enumerate(NAMES)}
            client.force_login(user)
            assert answered(client, "get", url, data=data, headers=HTMX if shift % 2 else {}) < 500, (url, shift)
            assert answered(client, "post", url, data=data, headers={} if shift % 2 else HTMX) < 500, (url, shift)


@pytest.mark.parametrize("form_id", ["a\r\nX: y", "x" * 400, "工单", "composer\n"])
def test_name_of_a_form_never_reaches_a_header(client, cast, taken, form_id):
    client.force_login(cast.zhang_wei)
    for rest, data in (("say", {"body": ""}), ("properties", {"title": ""}), ("say", {"body": "x", "version": "1"})):
        response = client.post(f"/desk/t/{taken.number}/{rest}/", data | {"form_id": form_id}, headers=HTMX)
        assert response.status_code in (409, 422)
        assert "HX-Retarget" not in response


@pytest.mark.parametrize("charset", ["hex", "unicode_escape", "utf-16", "idna", "undefined", "gbk"])
def test_body_in_another_encoding_is_malformed(client, cast, incident, charset):
    assert codecs.lookup(charset)
    client.force_login(cast.li_na)
    body = b'--x\r\nContent-Disposition: form-data; name="body"\r\n\r\n\\ud800\r\n--x--\r\n'
    with nothing_written():
        for path in (f"/tickets/{incident.number}/reply/", "/report/", "/account/login/"):
            kind = f"multipart/form-data; boundary=x; charset={charset}"
            assert client.generic("POST", path, body, content_type=kind).status_code == 400
        kind = f"application/x-www-form-urlencoded; charset={charset}"
        assert client.generic("POST", "/report/", b"text=x", content_type=kind).status_code == 400


@pytest.mark.parametrize(
    "body", [b"", b"--x", b"\xff\xfe\x00", b'--x\r\nContent-Disposition: form-data; name="\0"\r\n']
)
def test_broken_form_is_refused(client, cast, incident, body):
    client.force_login(cast.li_na)
    url = f"/tickets/{incident.number}/reply/"
    with nothing_written():
        for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded"):
            assert client.generic("POST", url, body, content_type=kind).status_code in (400, 422), kind


def test_form_beyond_every_limit_is_refused(client, cast, incident):
    client.force_login(cast.li_na)
    url = f"/tickets/{incident.number}/reply/"
    with nothing_written():
        assert client.post(url, {"body": "x" * 6_000_000}).status_code == 400
        assert client.post(url, {f"f{n}": "x" for n in range(2_100)}).status_code == 400
