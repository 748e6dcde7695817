"""Firing what is due. Any number of workers, any number of beats: each threshold fires exactly once."""

from django.db import transaction

from core import clock as wall
from core.business_time import epoch_seconds
from sla.models import Clock
from sla.selectors.engines import engine_of
from sla.services import keeping

BATCH = 500


def sweep(*, limit=BATCH) -> int:
    """Fire the thresholds of up to `limit` due clocks; returns how many clocks moved. Repeat until 0.

    One transaction: claim rows whose `next_at` lies before the current whole second (a stop at the very crossing
    second still wins, S7), let the engine advance, write firings and their events, and show what became of them on
    their tickets. A crash rolls all of it back and the rows are claimed again. A clock is claimed with its ticket,
    whose row every change of a ticket locks: what is held by another sweep or by a change in flight is passed over,
    never waited for, and seen by the next sweep.
    """
    with transaction.atomic():
        now = wall.recorded_now().replace(microsecond=0)
        claimed = list(_due(now)[:limit])
        before = {clock.pk: keeping.shown(clock) for clock in claimed}
        keeping.record(
            [keeping.Move(clock, *_advanced(clock, now), clock.ticket) for clock in claimed], now=now, coalesce=True
        )
        changed = {clock.ticket_id for clock in claimed if keeping.shown(clock) != before[clock.pk]}
        if changed:
            keeping.refresh_tickets(changed)
    return len(claimed)


def _due(now):
    """The claim itself, a locking read: in the order of their instants, with no more of their tickets than is used."""
    due = Clock.objects.filter(next_at__lt=now).order_by("next_at", "id")
    read = due.select_related("ticket").only("kind", "metric", "ticket__team", *keeping.COLUMNS)
    return read.select_for_update(of=("ticket", "self"), skip_locked=True, no_key=True)


def _advanced(clock, now):
    return engine_of(clock).advance(keeping.state_of(clock), epoch_seconds(now))
