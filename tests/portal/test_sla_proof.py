"""Simulator, what-if and audit pages: who is let in, what they answer, what they say to bad input."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock as wall
from incidents import services as incidents
from sla import services as sla
from sla.models import Clock
from sla.services import auditing

pytestmark = pytest.mark.django_db
ASKED = {"raised_at": "2026-11-20T16:00", "priority": "3"}


@pytest.fixture
def version(cast):
    for person in (cast.zhang_wei, cast.wang_fang, cast.li_na):
        person.language = "en"
        person.save()
    with wall.travel(wall.now() - timedelta(days=5)):
        version = sla.install_defaults()
        incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp)
    return version


def page(client, who, name, **query):
    client.force_login(who)
    response = client.get(reverse(name), query)
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("name", ["sla:home", "sla:simulator", "sla:what_if", "sla:audit"])
def test_requesters_find_no_such_page_and_managers_do(client, cast, version, name):
    assert page(client, cast.li_na, name)[0] == 404
    assert page(client, cast.wang_fang, name)[0] == 200


def test_agents_simulate_but_neither_replay_nor_read_audits(client, cast, version):
    assert page(client, cast.zhang_wei, "sla:simulator")[0] == 200
    assert page(client, cast.zhang_wei, "sla:what_if")[0] == page(client, cast.zhang_wei, "sla:audit")[0] == 404


def test_simulator_says_when_it_is_due_by_which_agreement_and_draws_the_days(client, cast, version):
    status, text = page(client, cast.zhang_wei, "sla:simulator", **ASKED)
    assert status == 200
    assert "Due <strong>Wed 2026-11-25 16:00</strong>, after 22 h 30 of working time." in text
    assert "“Standard service level”, version 1" in text and text.count('class="sim-piece"') > 4


def test_simulator_names_what_is_wrong_beside_the_field_and_keeps_what_was_typed(client, cast, version):
    asked = ASKED | {"do_1": "pause", "at_1": "2026-11-19T10:00", "why_1": ""}
    status, text = page(client, cast.zhang_wei, "sla:simulator", **asked)
    assert status == 422
    assert "This lies before what happened last." in text and "2026-11-19T10:00" in text
    assert "Agreements decide by the reason" in text


def test_what_if_compares_and_refuses_two_drafts_at_once(client, cast, version):
    day = wall.now().date()
    asked = {"since": str(day - timedelta(days=30)), "until": str(day), "version": str(version.pk)}
    status, text = page(client, cast.wang_fang, "sla:what_if", **asked)
    assert status == 200 and "1 tickets, 2 clocks compared; 0 would show" in text
    calendar = Clock.objects.first().calendar_version_id
    status, text = page(client, cast.wang_fang, "sla:what_if", **asked | {"calendar": str(calendar)})
    assert status == 422 and "Choose an agreement or a calendar." in text


def test_audit_page_says_what_the_last_run_found(client, cast, version):
    assert "has not run yet" in page(client, cast.wang_fang, "sla:audit")[1]
    auditing.audit(Clock.objects.all(), scope="all")
    assert "looked at 2 clocks and found no difference" in page(client, cast.wang_fang, "sla:audit")[1]
