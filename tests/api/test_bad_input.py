"""Whatever is sent: a clear refusal that names its cause, never a 5xx, nothing half written."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import Event
from incidents.models import Incident

pytestmark = pytest.mark.django_db
INCIDENTS = "/api/v1/incidents/"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""), ("title", "x" * 10_000), ("title", "a\0b"), ("title", None),
        ("title", ["x"]), ("title", {"x": 1}), ("description", "x" * 60_000), ("service", 10**30), ("service", -1),
        ("service", "abc"), ("service", True), ("service", 1.5), ("service", float("1e300")), ("service", 999_999),
        ("service", []), ("impact", 4), ("impact", 10**40), ("impact", "high"), ("requester", 0),
        ("affected_items", 7), ("affected_items", list(range(1, 200))), ("affected_items", ["x"]),
        ("affected_items", [999_999]), ("category", {}), ("contact", "x" * 121), ("colour", "red"), ("state", "closed"),
        ("priority", 1), ("number", "INC1"), ("version", 1), ("a\0b", 1), ("channel", "pigeon"),
    ],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
@pytest.mark.parametrize("who", ["li_na", "zhang_wei"])
def test_reporting_names_the_field_that_is_wrong(api, cast, who, field, value):
    body = {"title": "Mail", "service": cast.email.pk, field: value}
    response = api(getattr(cast, who)).post(INCIDENTS, body)
    assert response.status_code == 422, response.content
    assert any(name.partition(".")[0] == field for name in response.json()["errors"]), response.json()
    assert not Incident.objects.exists() and not Event.objects.filter(name__startswith="incident").exists()


def test_requester_of_another_organisation_reads_like_an_unknown_one(api, cast):
    for client in (api(cast.li_na), api(cast.zhang_wei)):
        body = {"title": "Mail", "service": cast.email.pk}
        foreign = client.post(INCIDENTS, body | {"requester": cast.stranger.pk})
        absent = client.post(INCIDENTS, body | {"requester": 987_654})
        assert foreign.status_code == absent.status_code == 422
        texts = [
            str(r.json()["errors"]).replace(str(pk), "#") for r, pk in ((foreign, cast.stranger.pk), (absent, 987_654))
        ]
        assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422), (b"{", 400), (b"[1]", 422), (b"null", 422), (b'"x"', 422), (b"\xff\xfe", 400),
        (b"[" * 200_000, 400),
        (b'{"title": NaN}', 400), (b'{"title": "\\ud800", "body": "\\ud800", "name": "\\ud800"}', 422),
        (b'{"title": "x", "service": 1e400}', 422),
        (b'{"service": ' + b"9" * 5000 + b"}", 400),
        (b'{"title": "' + b"x" * 6_000_000 + b'"}', 413),
    ],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
@pytest.mark.parametrize("tail", ["", "{number}/comments/", "{number}/transitions/", "{number}/links/"])
def test_malformed_json_is_the_senders_fault(api, cast, incident, body, status, tail):
    url = INCIDENTS + tail.format(number=incident.number)
    response = api(cast.zhang_wei).generic("POST", url, body, content_type="application/json")
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        {"colour": "red"}, {"requester__password": "x"}, {"state": "explode"}, {"is_open": "banana"}, {"team": "x"},
        {"team": "1e400"}, {"team": 10**30}, {"team": "0"}, {"assignee": "you"}, {"assignee": "9" * 30},
        {"ordering": "requester__password"}, {"ordering": "--id"}, {"page_size": 0}, {"page_size": "x"},
        {"page_size": "-1"}, {"page_size": "9" * 5000}, {"cursor": "x"}, {"cursor": "W10"}, {"cursor": "é\0"},
        {"q": "a\0b"}, {"q": "x" * 300}, {"created_after": "yesterday"}, {"created_after": "99999-01-01"},
        {"priority": "1,9"}, {"kind": "x" * 50},
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
@pytest.mark.parametrize("path", ["tickets/", "incidents/"])
def test_query_parameter_that_is_unknown_or_wrong_is_named(api, cast, incident, path, query):
    response = api(cast.zhang_wei).get(f"/api/v1/{path}", query)
    assert response.status_code == 400, response.content
    assert list(response.json()["errors"]) == list(query)


@pytest.mark.parametrize(
    "when", ["9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00"]
)
def test_times_at_the_end_of_the_calendar_break_nothing(api, cast, incident, when):
    zhang_wei = api(cast.zhang_wei)
    for name in ("created_after", "created_before", "due_before"):
        assert zhang_wei.get(INCIDENTS, {name: when}).status_code in (200, 400)
    url = f"{INCIDENTS}{incident.number}/transitions/"
    zhang_wei.post(url, {"name": "claim", "team": cast.desk.pk})
    zhang_wei.post(url, {"name": "start"})
    response = zhang_wei.post(url, {"name": "hold", "pending_reason": "scheduled", "resume_at": when})
    assert response.status_code == 422, response.content
    assert list(response.json()["errors"]) == ["resume_at"]
    assert zhang_wei.get(f"{INCIDENTS}{incident.number}/").json()["state"] == "in_progress"


@pytest.mark.parametrize("number", ["INC999999", "x", "%00", "INC%0A", "工单", "1" * 500, "..%2f..", "'--"])
def test_address_of_no_ticket_is_404(api, cast, incident, number):
    for tail in ("", "comments/", "events/", "attachments/1/", "attachments/1/content/", f"comments/{10**30}/"):
        response = api(cast.admin).get(f"/api/v1/tickets/{number}/{tail}")
        assert response.status_code == 404, tail
        assert response["Content-Type"] == "application/problem+json"


def test_other_addresses_and_methods_are_problems(api, cast, incident):
    client = api(cast.zhang_wei)
    for method, path, status in (
        ("get", "nothing/here", 404), ("get", "tickets", 404), ("delete", f"tickets/{incident.number}/", 405),
        ("post", "tickets/", 405), ("options", "tickets/", 405), ("put", f"tickets/{incident.number}/", 405),
        ("get", f"users/{10**40}/", 404), ("get", "users/" + "9" * 5000 + "/", 404),
    ):  # fmt: skip
        response = getattr(client, method)(f"/api/v1/{path}")
        assert response.status_code == status, path
        assert response["Content-Type"] == "application/problem+json"
    assert client.post(INCIDENTS, "title=x", content_type="text/plain").status_code == 415
    assert client.get(INCIDENTS, HTTP_ACCEPT="text/html").status_code == 406


def test_disguised_and_oversized_files_are_refused(api, cast, incident, settings):
    settings.ATTACHMENT_MAX_BYTES = 10_000
    url, client = f"{INCIDENTS}{incident.number}/attachments/", api(cast.li_na)
    for name, content in (
        ("photo.png", b"MZ" + b"\0" * 100), ("run.exe", b"text"), ("big.txt", b"x" * 10_001), ("empty.txt", b""),
    ):  # fmt: skip
        response = client.post(url, {"files": SimpleUploadedFile(name, content)}, format="multipart")
        assert response.status_code == 422, name
        assert "files" in str(response.json()["errors"])
    assert client.post(url, {"file": SimpleUploadedFile("a.txt", b"x")}, format="multipart").status_code == 422
    assert client.post(url, {"files": "text"}, format="multipart").status_code == 422
    assert client.post(url, {"files": []}).status_code == 415
    broken = client.generic("POST", url, b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x")
    assert broken.status_code == 422
    assert not incident.attachments.exists()


def test_editing_refuses_what_is_not_editable(api, cast, incident):
    url, client = f"{INCIDENTS}{incident.number}/", api(cast.zhang_wei)
    for body in (
        {"state": "closed"}, {"assignee": 1}, {"title": ""}, {"priority": 1}, {"service": 0}, {"version": "x"},
        {"version": 10**20}, {"affected_items": None},
    ):  # fmt: skip
        assert client.patch(url, body).status_code == 422, body
    assert api(cast.li_na).patch(url, {"title": "Mine"}).status_code == 403
    assert api(cast.stranger).patch(url, {"title": "Mine"}).status_code == 404
    changed = client.patch(url, {"priority": 1, "priority_reason": "The board is waiting."})
    assert (changed.status_code, changed.json()["priority"]) == (200, 1)


def test_problem_speaks_the_readers_language(api, cast):
    client = api(cast.li_na)
    english = client.post(INCIDENTS, {}).json()
    chinese = client.post(INCIDENTS, {}, HTTP_ACCEPT_LANGUAGE="zh-Hans").json()
    assert english["title"] == "Invalid input"
    assert "必填" in chinese["errors"]["title"][0]
    del client.defaults["HTTP_ACCEPT_LANGUAGE"]
    assert "必填" in client.post(INCIDENTS, {}).json()["errors"]["title"][0]
