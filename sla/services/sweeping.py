"""Firing what is due. Any number of workers, any number of beats: each threshold fires exactly once."""

from django.db import transaction

from core import clock as wall
from core.business_time import epoch_seconds
from sla.models import Clock
from sla.services import keeping
from sla.services.following import engine_of
from tickets.models import Ticket

BATCH = 500


def sweep(*, limit=BATCH) -> int:
    """Fire the thresholds of up to `limit` due clocks; returns how many clocks moved. Repeat until 0.

    One transaction: claim rows whose `next_at` lies before the current whole second (a stop at the very crossing
    second still wins, S7), let the engine advance, write firings and their events. A crash rolls all of it back and
    the rows are claimed again. The ticket's row is locked first, as every change of a ticket does: a change in
    flight is skipped now and its clock is seen by the next sweep.
    """
    with transaction.atomic():
        now = wall.recorded_now().replace(microsecond=0)
        due = list(
            Clock.objects.filter(next_at__lt=now).order_by("next_at", "id").values_list("ticket_id", flat=True)[:limit]
        )
        tickets = Ticket.objects.select_for_update(skip_locked=True, no_key=True).filter(pk__in=set(due))
        free = {ticket.pk: ticket for ticket in tickets.order_by("pk")}
        clocks = Clock.objects.select_for_update(skip_locked=True).filter(ticket__in=free, next_at__lt=now)
        moved = list(clocks.order_by("pk"))
        for clock in moved:
            state, facts = engine_of(clock).advance(keeping.state_of(clock), epoch_seconds(now))
            keeping.record(clock, state, facts, ticket=free[clock.ticket_id], now=now, coalesce=True)
        keeping.refresh_tickets(sorted(free))
    return len(moved)
