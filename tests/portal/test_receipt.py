"""The receipt page explains a clock to whoever sees the ticket, and to nobody else."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock as wall
from incidents import services as incidents
from sla import services as sla
from tickets import services as tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(cast):
    with wall.travel(wall.now() - timedelta(days=3)):
        sla.install_defaults()
        ticket = incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp)
        ticket = tickets.take_transition(ticket, "claim", actor=cast.zhang_wei, values={"team": cast.desk})
        ticket = tickets.take_transition(ticket, "start", actor=cast.zhang_wei)
    return tickets.take_transition(ticket, "hold", actor=cast.zhang_wei, values={"pending_reason": "vendor"})


def test_receipt_names_spans_causes_and_agreement(client, cast, ticket):
    cast.zhang_wei.language = "en"
    cast.zhang_wei.save()
    client.force_login(cast.zhang_wei)
    page = client.get(reverse("sla:receipt", args=[ticket.pk])).content.decode()
    for words in (
        "“Standard service level”, version 1",
        "put it on hold: Waiting for a supplier",
        "Service desk",
        "running",
    ):
        assert words in page


def test_receipt_leads_to_the_very_promise_in_its_version_of_the_agreement(client, cast, ticket):
    client.force_login(cast.wang_fang)
    page = client.get(reverse("sla:receipt", args=[ticket.pk])).content.decode()
    [link] = re.findall(r'href="(/sla/agreements/[^"]+#target-incident-resolution-\d)"', page)
    agreement, _, row = link.partition("#")
    assert agreement.endswith("/v/1/")
    assert f'id="{row}"' in client.get(agreement).content.decode()


@pytest.mark.parametrize(("who", "status"), [("li_na", 200), ("zhao_min", 404), ("stranger", 404), ("wang_fang", 200)])
def test_receipt_follows_the_ticket_s_visibility(client, cast, ticket, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(reverse("sla:receipt", args=[ticket.pk])).status_code == status


def test_receipt_asks_strangers_to_sign_in(client, ticket):
    assert client.get(reverse("sla:receipt", args=[ticket.pk])).status_code == 302


def test_requester_reads_plain_words_and_no_internal_names(client, cast, ticket):
    cast.li_na.language = "en"
    cast.li_na.save()
    client.force_login(cast.li_na)
    page = client.get(reverse("sla:receipt", args=[ticket.pk])).content.decode()
    assert "promises this within 37 h 30 of working time" in page
    assert "Waiting for a supplier" in page
    main = page[page.index('id="main"') :]
    for internal in ("Service desk v", cast.zhang_wei.display_name, "Held by", "Thresholds"):
        assert internal not in main


def test_late_answer_leaves_before_and_after_on_the_receipt(client, cast):
    with wall.travel(wall.now() - timedelta(days=3)):
        sla.install_defaults()
        ticket = incidents.report_incident(actor=cast.li_na, title="ERP 慢", service=cast.erp, impact=1, urgency=1)
    sla.sweep()
    tickets.comment(ticket, actor=cast.zhang_wei, body="已答复", at=ticket.created_at + timedelta(minutes=5))
    cast.zhang_wei.language = "en"
    cast.zhang_wei.save()
    client.force_login(cast.zhang_wei)
    page = client.get(reverse("sla:receipt", args=[ticket.pk])).content.decode()
    for words in ("Corrections", "Shown before", "Shown since", "withdrawn by a later correction"):
        assert words in page
