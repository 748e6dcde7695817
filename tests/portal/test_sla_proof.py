"""Simulator, what-if and audit pages: who is let in, what they answer, what they say to bad input."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock as wall
from incidents import services as incidents
from sla import services as sla
from sla.models import Calendar, Clock, Replay
from sla.services import auditing, replaying
from tickets import services as tickets
from tickets.models import Ticket

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


def test_simulator_asks_for_the_kind_of_ticket(client, cast, version):
    assert 'name="kind"' in page(client, cast.zhang_wei, "sla:simulator")[1]
    status, text = page(client, cast.zhang_wei, "sla:simulator", **ASKED, kind="incident")
    assert status == 200 and "after 22 h 30 of working time" in text
    assert page(client, cast.zhang_wei, "sla:simulator", **ASKED, kind="nonsense")[0] == 422


def test_simulator_names_what_is_wrong_beside_the_field_and_keeps_what_was_typed(client, cast, version):
    asked = ASKED | {"do_1": "pause", "at_1": "2026-11-19T10:00", "why_1": ""}
    status, text = page(client, cast.zhang_wei, "sla:simulator", **asked)
    assert status == 422
    assert "This lies before what happened last." in text and "2026-11-19T10:00" in text
    assert "Agreements decide by the reason" in text


def test_what_if_is_played_by_a_worker_and_read_where_it_was_left(client, cast, version):
    day = wall.now().date()
    asked = {"since": str(day - timedelta(days=30)), "until": str(day), "version": str(version.pk)}
    client.force_login(cast.wang_fang)
    run = client.post(reverse("sla:what_if"), asked)["Location"]
    waiting = client.get(run).content.decode()
    assert "0 of 1 tickets played again" in waiting and 'hx-trigger="every 2s"' in waiting
    assert f'href="{run}"' in client.get(reverse("sla:what_if")).content.decode()
    while replaying.go_on():
        pass
    done = client.get(run, headers={"HX-Request": "true"}).content.decode()
    assert "1 tickets, 2 clocks compared; 0 would show" in done and "hx-trigger" not in done
    client.force_login(cast.zhang_wei)
    assert client.get(run).status_code == 404


def test_what_if_refuses_two_drafts_at_once(client, cast, version):
    day, calendar = wall.now().date(), Clock.objects.first().calendar_version_id
    asked = {"since": str(day), "until": str(day), "version": str(version.pk), "calendar": str(calendar)}
    client.force_login(cast.wang_fang)
    response = client.post(reverse("sla:what_if"), asked)
    assert response.status_code == 422 and "Choose an agreement or a calendar." in response.content.decode()
    assert not Replay.objects.exists()


def test_what_if_lists_the_tickets_that_flip(client, cast, version):
    with wall.travel(wall.now() - timedelta(days=4)):
        while sla.sweep():
            pass
        ticket = Ticket.objects.get()
        tickets.comment(ticket, actor=cast.zhang_wei, body="在看")
    office, closed = Calendar.objects.get(slug="office"), {"zone": "Asia/Shanghai", "weekly": {}, "exceptions": {}}
    period = {"since": wall.now() - timedelta(days=9), "until": wall.now()}
    run = replaying.replay_calendar(office, closed, actor=cast.wang_fang, **period)
    while replaying.go_on():
        pass
    client.force_login(cast.wang_fang)
    text = client.get(reverse("sla:replay", args=[run.pk])).content.decode()
    assert "clock would flip" in text and ticket.number in text
    assert "missed ·" in text and 'data-label="Would be">met' in text


def test_audit_page_says_what_the_last_run_found(client, cast, version):
    assert "has not run yet" in page(client, cast.wang_fang, "sla:audit")[1]
    auditing.audit(Clock.objects.all(), scope="all")
    assert "looked at 2 clocks and found no difference" in page(client, cast.wang_fang, "sla:audit")[1]
