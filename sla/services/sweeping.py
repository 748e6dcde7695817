"""Firing what is due. Any number of workers, any number of beats: each threshold fires exactly once."""

import json
from types import SimpleNamespace

from django.db import connection, transaction

from core import clock as wall
from core.business_time import epoch_seconds
from sla.models import Clock
from sla.selectors.engines import engine_of
from sla.services import keeping
from tickets.models import Ticket

BATCH = 500
# The claim reads plain rows: making objects of five hundred clocks and tickets takes longer than judging them.
_READ = ("id", "ticket_id", "kind", "metric", *sorted(keeping.COLUMNS))
_CLAIM = f"""
    SELECT {", ".join(f"clock.{name}" for name in _READ)}
      FROM {Clock._meta.db_table} clock JOIN {Ticket._meta.db_table} ticket ON ticket.id = clock.ticket_id
     WHERE clock.next_at < %s
     ORDER BY clock.next_at, clock.id
     LIMIT %s
       FOR NO KEY UPDATE OF clock, ticket SKIP LOCKED
"""


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
        claimed = _claim(now, limit)
        before = {clock.pk: keeping.shown(clock) for clock in claimed}
        until = epoch_seconds(now)
        moves = [keeping.Move(clock, *_advanced(clock, until), _Ticket(clock.ticket_id)) for clock in claimed]
        keeping.record(moves, now=now, coalesce=True)
        changed = {clock.ticket_id for clock in claimed if keeping.shown(clock) != before[clock.pk]}
        if changed:
            keeping.refresh_tickets(changed)
    return len(claimed)


class _Row(SimpleNamespace):
    """The columns of a clock that a sweep reads and moves; `core.rows` asks it for its table as it asks a model."""

    _meta = Clock._meta

    @property
    def pk(self):
        return self.id


class _Ticket:
    """What an event names of its ticket."""

    ledger_kind = Ticket.ledger_kind

    def __init__(self, pk):
        self.pk = pk


def _claim(now, limit) -> list[_Row]:
    """Lock due clocks in the order of their instants, each with its ticket; what somebody else holds is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [now, limit])
        found = [_Row(**dict(zip(_READ, row, strict=True))) for row in cursor.fetchall()]
    for clock in found:
        clock.memory = json.loads(clock.memory)
    return found


def _advanced(clock, until):
    return engine_of(clock).advance(keeping.state_of(clock), until)
