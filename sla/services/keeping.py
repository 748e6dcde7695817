"""Writing what the engine found: the clock's row, its account, its firings and their events."""

from django.db import connection

from core.business_time import instant_of
from events import services as events
from sla.engine import BREACH, ClockState, Fired, Rejudged, SpanClosed, Stage
from sla.models import Firing, Segment

OPEN_STAGES = (Stage.RUNNING.value, Stage.PAUSED.value)

_REFRESH = """
    WITH shown AS (SELECT ticket_id,
                          COALESCE(min(due_at) FILTER (WHERE stage = ANY(%s) AND NOT is_breached),
                                   min(due_at) FILTER (WHERE stage = ANY(%s))) AS due_at,
                          bool_or(is_breached) AS is_breached
                     FROM sla_clock WHERE ticket_id = ANY(%s) GROUP BY ticket_id)
    UPDATE tickets_ticket SET due_at = shown.due_at, is_breached = shown.is_breached
      FROM shown WHERE tickets_ticket.id = shown.ticket_id
    RETURNING tickets_ticket.id, shown.due_at, shown.is_breached
"""


def state_of(clock) -> ClockState:
    return ClockState.from_dict(clock.memory)


def write_columns(clock, state) -> None:
    """Copy the engine's state onto the row, in memory."""
    clock.memory = state.as_dict()
    clock.stage = state.stage.value
    clock.outcome = state.outcome.value if state.outcome else ""
    clock.cycle, clock.revision = state.cycle, state.revision
    clock.target_seconds = state.target
    clock.calendar_version_id = int(state.calendar)
    clock.since = _instant(state.since)
    clock.base_elapsed = state.base_elapsed
    clock.due_at = _instant(state.due_at)
    clock.is_breached = state.breached or BREACH in state.fired
    clock.stopped_at = None if state.stage.is_open else _instant(state.since)
    clock.next_at = _instant(state.next_at)
    clock.next_pct = state.next_mark.pct if state.next_mark else None


def shown(clock) -> tuple:
    """What a ticket shows of one of its clocks: while this stands there is nothing to refresh."""
    return clock.stage in OPEN_STAGES, clock.due_at, clock.is_breached


def record(clock, state, facts, *, ticket, now, cause=None, coalesce=False, is_held=False) -> None:
    """Write state and facts of one move.

    In order: the row; segments (a new judgement supersedes the running ones of its cycle); firings with their
    lateness against `now`; one event per firing that notifies (`sla.threshold_crossed`, `sla.breached`).
    With `coalesce` only the highest of the firings found together notifies. Who holds the clock (`is_held`) saves
    its row.
    """
    write_columns(clock, state)
    if clock.pk is None or not is_held:
        clock.save()
    _record_segments(clock, facts, ticket, cause)
    _record_firings(clock, [fact for fact in facts if isinstance(fact, Fired)], coalesce, ticket, now)


def refresh_tickets(ticket_ids) -> dict:
    """Copy the next deadline of open clocks and the fact of a breach onto the tickets, for the queue's index.

    A deadline that was missed is shown only where no other is left to keep. One statement for all of them: a sweep
    refreshes hundreds, and a change of a ticket refreshes one. Returns what is shown now: {id: (due_at, is_breached)}.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH, [list(OPEN_STAGES), list(OPEN_STAGES), list(ticket_ids)])
        return {pk: (due_at, is_breached) for pk, due_at, is_breached in cursor.fetchall()}


def _instant(seconds):
    return None if seconds is None else instant_of(seconds)


def _record_segments(clock, facts, ticket, cause):
    rows = []
    for fact in facts:
        if isinstance(fact, Rejudged):
            Segment.objects.filter(clock=clock, cycle=fact.cycle, stage="running").update(is_superseded=True)
            rows = [row for row in rows if row.stage != "running" or row.cycle != fact.cycle]
            rows += [
                _segment(clock, fact.cycle, "running", piece.start, piece.end, piece.calendar, piece.seconds)
                for piece in fact.pieces
            ]
        elif isinstance(fact, SpanClosed):
            rows.append(
                _segment(clock, fact.cycle, fact.stage.value, fact.start, fact.end, fact.calendar, fact.seconds)
            )
    for row in rows:
        row.team_id, row.cause = ticket.team_id, cause
    Segment.objects.bulk_create(rows)


def _segment(clock, cycle, stage, start, end, calendar, seconds):
    return Segment(
        clock=clock,
        cycle=cycle,
        stage=stage,
        start_at=instant_of(start),
        end_at=instant_of(end),
        calendar_version_id=int(calendar),
        seconds=seconds,
    )


def _record_firings(clock, fired, coalesce, ticket, now):
    """A threshold fires once, also when a rebuilt clock finds it again: only a new firing is told to anybody."""
    if not fired:
        return
    known = set(Firing.objects.filter(clock=clock).order_by().values_list("cycle", "revision", "pct"))
    new = [fact for fact in fired if (fact.cycle, fact.revision, fact.mark.pct) not in known]
    loudest = max((fact.mark.pct for fact in fired if fact.notify), default=None)
    firings = Firing.objects.bulk_create(
        Firing(
            clock=clock,
            cycle=fact.cycle,
            revision=fact.revision,
            pct=fact.mark.pct,
            due_at=instant_of(fact.due_at),
            fire_at=instant_of(fact.fire_at),
            fired_at=now,
            lateness=max(0, int((now - instant_of(fact.fire_at)).total_seconds())),
            notify=fact.notify and (not coalesce or fact.mark.pct == loudest),
        )
        for fact in new
    )
    for fact, firing in zip(new, firings, strict=True):
        if firing.notify:
            _tell("sla.breached" if fact.mark == BREACH else "sla.threshold_crossed", firing, ticket)


def _tell(name, firing, ticket):
    events.publish(
        name,
        subject=ticket,
        actor=None,
        at=firing.fired_at,
        is_public=False,
        metric=firing.clock.metric,
        pct=firing.pct,
        due_at=firing.due_at,
        deadline=firing.clock.due_at,
        lateness=firing.lateness,
    )
