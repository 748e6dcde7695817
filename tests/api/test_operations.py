"""What the operator's tools are told, and what strangers are not."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from events.models import Delivery, Event
from itsm import health

pytestmark = pytest.mark.django_db
STRANGER = {"REMOTE_ADDR": "203.0.113.9"}
PROXIED = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}


@pytest.fixture
def broker(monkeypatch):
    monkeypatch.setattr(health, "_broker", lambda: "ok")


def test_ready_says_one_word_to_strangers_and_figures_to_the_operator(client, broker, settings):
    settings.METRICS_TOKEN = "operators-secret"
    for who in (STRANGER, PROXIED, STRANGER | {"HTTP_AUTHORIZATION": "Bearer wrong"}):
        response = client.get("/readyz", **who)
        assert (response.status_code, response.json()) == (200, {"status": "ok"})
    for who in ({}, STRANGER | {"HTTP_AUTHORIZATION": "Bearer operators-secret"}):
        assert client.get("/readyz", **who).json()["migrations"] == "ok"


def test_lost_broker_or_late_reactions_degrade_but_still_serve(client, settings, incident, broker, monkeypatch):
    Delivery.objects.all().delete()
    owed = {"event": Event.objects.first(), "handler": "x", "not_before": timezone.now() - timedelta(hours=1)}
    Delivery.objects.create(**owed)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert 3590 < response.json()["oldest_delivery_seconds"] < 3700
    Delivery.objects.all().delete()
    assert client.get("/readyz").json()["status"] == "ok"
    monkeypatch.undo()
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")


def test_lost_database_is_unavailable(client, broker, monkeypatch, api, cast):
    speaks = api(cast.li_na)

    def gone(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr("django.db.backends.postgresql.base.DatabaseWrapper.cursor", gone)
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json() == {"status": "unavailable", "database": "down"}
    assert client.get("/readyz", **STRANGER).json() == {"status": "unavailable"}
    response = speaks.get("/api/v1/tickets/")
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert int(response["Retry-After"]) > 0
    assert "itsm_database_up 0.0" in client.get("/metrics").content.decode()
    # A browser's session is read before any view begins.
    client.raise_request_exception = False
    client.cookies["sessionid"] = "x" * 32
    for path in ("/api/v1/tickets/", "/"):
        response = client.get(path)
        assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_metrics_count_requests_and_backlogs_for_the_operator_only(client, incident, settings, api, cast):
    number = incident.number
    api(cast.li_na).get(f"/api/v1/tickets/{number}/")
    text = client.get("/metrics").content.decode()
    assert 'itsm_open_tickets{kind="incident",priority="P4"} 1.0' in text
    assert 'itsm_requests_total{method="GET",route="api/v1/tickets/<str:number>/",status="200"}' in text
    assert number not in text
    for name in ("deliveries_pending", "deliveries_dead", "mails_waiting", "mails_dead", "oldest_deadline_seconds"):
        assert f"itsm_{name} " in text
    assert client.get("/metrics", **STRANGER).status_code == 404
    assert client.get("/metrics", **PROXIED).status_code == 404
    assert client.get("/metrics", **STRANGER, HTTP_AUTHORIZATION="Bearer ").status_code == 404
    settings.METRICS_TOKEN = "operators-secret"
    assert client.get("/metrics", **PROXIED, HTTP_AUTHORIZATION="Bearer operators-secret").status_code == 200
