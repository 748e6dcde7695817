"""Sweeps, replies and pauses at the same instant: each threshold once, and the order of instants decides."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from core import clock as wall
from events.models import Event
from incidents import services as incidents
from incidents.models import Incident
from sla import services as sla
from sla.models import Clock, Firing
from sla.services.rebuilding import replayed
from tests.races.together import together
from tickets import services as tickets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai


@pytest.fixture
def agreed(cast):
    with wall.travel(MONDAY):
        sla.install_defaults()
    return cast


def report(cast, title="慢", **more):
    with wall.travel(MONDAY):
        return incidents.report_incident(actor=cast.li_na, title=title, service=cast.erp, impact=2, urgency=2, **more)


def test_eight_sweepers_fire_every_threshold_once(agreed):
    made = [report(agreed, f"t{n}") for n in range(30)]

    def sweep_all(_n):
        with wall.travel(MONDAY + timedelta(hours=1, seconds=5)):
            moved = 0
            while found := sla.sweep(limit=4):
                moved += found
            return moved

    moved = together(8, sweep_all)
    assert sum(moved) == len(made)
    assert Firing.objects.filter(pct=50).count() == len(made)
    assert Event.objects.filter(name="sla.threshold_crossed").count() == len(made)


def test_reply_at_the_deadline_beats_the_sweep_or_waits_for_it_but_never_both(agreed):
    """Whoever gets the ticket's row first decides; the clock always equals what the ledger tells."""
    due = MONDAY + timedelta(hours=2)
    for n in range(15):
        ticket = report(agreed, f"race {n}")

        def act(thread, ticket=ticket):
            if thread == 0:
                with wall.travel(due):
                    return tickets.comment(Incident.objects.get(pk=ticket.pk), actor=agreed.zhang_wei, body="正在处理")
            with wall.travel(due + timedelta(seconds=1)):
                return sla.sweep()

        together(2, act)
        with wall.travel(due + timedelta(seconds=2)):
            while sla.sweep():
                pass
        response = Clock.objects.get(ticket_id=ticket.pk, metric="response")
        assert (response.outcome, response.is_breached) == ("met", False)
        assert not Firing.objects.filter(clock=response, pct=100, is_withdrawn=False).exists()
        state, _facts = replayed(response)
        assert state.outcome.value == "met"


def test_sweep_passes_over_a_ticket_whose_change_is_in_flight(agreed):
    ticket = report(agreed)
    with wall.travel(MONDAY + timedelta(hours=1, seconds=5)):
        with transaction.atomic():
            Incident.objects.select_for_update().get(pk=ticket.pk)

            def elsewhere(_n):
                with wall.travel(MONDAY + timedelta(hours=1, seconds=5)):
                    return sla.sweep()

            assert together(1, elsewhere) == [0]
        assert sla.sweep() == 1


def test_sweepers_at_one_time_take_different_clocks(agreed):
    """Each goes on behind what another holds; none comes home with empty hands while something is due."""
    for n in range(6):
        report(agreed, f"t{n}")

    def elsewhere(_n):
        with wall.travel(MONDAY + timedelta(hours=1, seconds=5)):
            return sla.sweep(limit=2)

    with transaction.atomic(), wall.travel(MONDAY + timedelta(hours=1, seconds=5)):
        assert sla.sweep(limit=2) == 2
        assert together(1, elsewhere) == [2]
        assert together(1, elsewhere) == [2]
    assert Firing.objects.filter(pct=50).count() == 6
