"""The description is true, complete and readable offline; what it describes never falls over."""

import json
import re

import pytest
import schemathesis
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings

from accounts import services as accounts
from core.api.access import PersonThrottle
from incidents import services as incidents
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(client):
    response = client.get("/api/v1/schema/", HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 200
    return json.loads(response.content)


def test_description_is_valid_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))


def test_description_names_every_resource_and_says_what_each_operation_does(schema):
    paths = {path.removeprefix("/api/v1/") for path in schema["paths"]}
    for kind in ("tickets/", "incidents/"):
        below = ("comments/", "attachments/", "transitions/", "events/", "links/", "watchers/", "nudge/")
        assert {kind, *(f"{kind}{{number}}/{name}" for name in below)} <= paths
    assert {"users/", "users/me/", "teams/", "services/", "categories/", "surveys/"} <= paths
    assert {"clocks/", "agreements/", "calendars/"} <= paths
    for methods in schema["paths"].values():
        for operation in methods.values():
            assert operation["summary"] and "default" in operation["responses"]
            assert all(
                parameter.get("description")
                for parameter in operation.get("parameters", [])
                if parameter["in"] != "path"
            )
    filters = {p["name"] for p in schema["paths"]["/api/v1/tickets/"]["get"]["parameters"]}
    assert {"cursor", "page_size", "ordering", "q", "state", "assignee", "due_before"} <= filters


def test_documentation_page_runs_on_our_own_files_only(client):
    page = client.get("/api/v1/docs/")
    text = page.content.decode()
    assert page.status_code == 200
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    policy = page["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";" and "unsafe-eval" not in policy
    script = re.search(r'src="([^"]*script[^"]*)"', text).group(1).replace("&amp;", "&")
    assert client.get(script).status_code == 200


def attempt(operation, known, secret, statuses):
    """Send generated requests to an operation; `known` fixes parameters of its address."""

    @settings(
        max_examples=4, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def send(case):
        case.path_parameters = {**(case.path_parameters or {}), **known}
        response = case.call(headers={"Authorization": f"Bearer {secret}"})
        statuses.add(response.status_code)
        assert response.status_code < 500, case.as_curl_command()

    send()


@pytest.mark.django_db(transaction=True)
def test_generated_requests_never_meet_an_internal_error(schema, monkeypatch):
    """Through the real WSGI application, which closes its connections after every request."""
    cast = make_cast()
    incident = incidents.report_incident(actor=cast.li_na, title="ERP 登录失败", service=cast.erp)
    monkeypatch.setattr(PersonThrottle, "rate", None, raising=False)
    _token, secret = accounts.issue_token(cast.zhang_wei, "smoke", ["write"], actor=cast.zhang_wei)
    loaded = schemathesis.openapi.from_dict(schema)
    loaded.app = get_wsgi_application()
    statuses = set()
    operations = [found.ok() for found in loaded.get_all_operations()]
    # What hangs below an incident is what hangs below any ticket: once is enough.
    paths = {operation.path for operation in operations}
    operations = [o for o in operations if o.path.replace("/incidents/{", "/tickets/{") not in paths - {o.path}]
    for operation in operations:
        for known in ({}, {"number": incident.number}) if "{number}" in operation.path else ({},):
            attempt(operation, known, secret, statuses)
    assert len(operations) >= 30
    assert {200, 201, 400, 404, 422} <= statuses
