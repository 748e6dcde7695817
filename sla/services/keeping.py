"""Writing what the engine found: the clocks' rows, their account, their firings and the events of these."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from core import rows
from core.business_time import epoch_seconds, instant_of
from events import services as events
from events.models import Event
from sla import rules
from sla.engine import BREACH, ClockState, Fact, Fired, Rejudged, SpanClosed
from sla.models import Clock, EscalationStep, Firing, Segment
from sla.models.clock import terms_by_id
from tickets.models import Ticket

# What a move may change on a clock's row.
COLUMNS = frozenset(
    {
        "agreement_id",
        "terms_id",
        "memory",
        "stage",
        "outcome",
        "cycle",
        "revision",
        "target_seconds",
        "calendar_version_id",
        "since",
        "base_elapsed",
        "due_at",
        "is_breached",
        "stopped_at",
        "next_at",
        "is_withdrawn",
    }
)
# What was promised to the customer; shares of teams and suppliers are theirs to watch.
_REFRESH = """
    WITH shown AS (SELECT ticket_id,
                          COALESCE(min(due_at) FILTER (WHERE stage IN ('running', 'paused') AND NOT is_breached),
                                   min(due_at) FILTER (WHERE stage IN ('running', 'paused'))) AS due_at,
                          bool_or(is_breached AND NOT is_withdrawn) AS is_breached
                     FROM sla_clock WHERE kind = 'sla' AND ticket_id = ANY(%s) GROUP BY ticket_id)
    UPDATE tickets_ticket SET due_at = shown.due_at, is_breached = shown.is_breached
      FROM shown WHERE tickets_ticket.id = shown.ticket_id
    RETURNING tickets_ticket.id, shown.due_at, shown.is_breached
"""
_SUPERSEDE = """
    UPDATE sla_segment SET is_superseded = true
      FROM unnest(%s::bigint[], %s::int[]) AS anew(clock_id, cycle)
     WHERE sla_segment.clock_id = anew.clock_id AND sla_segment.cycle = anew.cycle
       AND sla_segment.stage = 'running' AND NOT sla_segment.is_superseded
"""


@dataclass
class Move:
    """One clock's step: the state it came to, and the facts found on the way because of `cause`."""

    clock: Clock
    state: ClockState
    facts: list[Fact]
    ticket: Ticket
    cause: Event | None = field(default=None)


def state_of(clock) -> ClockState:
    return ClockState.from_dict(clock.memory)


def instant(seconds) -> datetime | None:
    return None if seconds is None else instant_of(seconds)


def write_columns(clock, state) -> set[str]:
    """Copy the engine's state onto the row, in memory; returns the columns that have another value now."""
    anew = {
        "memory": state.as_dict(),
        "stage": state.stage.value,
        "outcome": state.outcome.value if state.outcome else "",
        "cycle": state.cycle,
        "revision": state.revision,
        "target_seconds": state.target,
        "calendar_version_id": int(state.calendar),
        "since": instant(state.since),
        "base_elapsed": state.base_elapsed,
        "due_at": instant(state.due_at),
        "is_breached": state.breached or _is_past_due(state),
        "stopped_at": None if state.stage.is_open else instant(state.since),
        "next_at": instant(state.next_at),
    }
    changed = {name for name, value in anew.items() if getattr(clock, name) != value}
    for name in changed:
        setattr(clock, name, anew[name])
    return changed


def _is_past_due(state) -> bool:
    """Whether the breach stands under the present revision: one that it finds not crossed is none any more (S12)."""
    if state.settled:
        return BREACH in state.fired
    return state.stage.is_open and state.due_at is not None and state.due_at <= state.revision_start


def shown(clock) -> tuple:
    """What a ticket shows of one of its clocks: while this stands there is nothing to refresh."""
    return clock.stage, clock.due_at, clock.is_breached, clock.is_withdrawn


def record(moves, *, now, coalesce=False, is_held=False, also=()) -> None:
    """Write states and facts of moves of different clocks.

    In order: the rows; segments (a new judgement supersedes the running ones of its cycle); firings with their
    lateness against `now`; one event per firing that notifies or hands the ticket on (`sla.threshold_crossed`,
    `sla.breached`). With `coalesce` only the highest of one clock's firings found together notifies. A handful of
    statements however many clocks moved. Saved is what the move changed and the columns `also`, which the caller set;
    who holds the clocks (`is_held`) saves their rows.
    """
    if not moves:
        return
    changed = set().union(*[write_columns(move.clock, move.state) for move in moves])
    if not is_held:
        rows.update([move.clock for move in moves], changed.union(also))
    _write_segments(moves)
    _write_firings(moves, now, coalesce)


def save_rows(clocks) -> None:
    """Save rows that exist already, in one statement."""
    rows.update(clocks, COLUMNS)


def refresh_tickets(ticket_ids) -> dict:
    """Copy the next deadline of open clocks and the fact of a breach onto the tickets, for the queue's index.

    A deadline that was missed is shown only where no other is left to keep. One statement for all of them: a sweep
    refreshes hundreds, and a change of a ticket refreshes one. Returns what is shown now: {id: (due_at, is_breached)}.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH, [list(ticket_ids)])
        return {pk: (due_at, is_breached) for pk, due_at, is_breached in cursor.fetchall()}


def _write_segments(moves):
    segments, anew = [], []
    for move in moves:
        for fact in move.facts:
            if isinstance(fact, Rejudged):
                # What this very move closed in the cycle before is judged anew too: it is not written at all.
                judged = (move.clock.pk, fact.cycle, "running")
                segments = [one for one in segments if (one.clock_id, one.cycle, one.stage) != judged]
                segments += [_segment(move, fact.cycle, "running", *_span(piece)) for piece in fact.pieces]
                anew.append((move.clock.pk, fact.cycle))
            elif isinstance(fact, SpanClosed):
                segments.append(_segment(move, fact.cycle, fact.stage.value, *_span(fact)))
    if anew:
        with connection.cursor() as cursor:
            cursor.execute(_SUPERSEDE, [[clock for clock, _ in anew], [cycle for _, cycle in anew]])
    if segments:
        rows.insert(segments)


def _span(piece):
    return piece.start, piece.end, piece.calendar, piece.seconds


def _segment(move, cycle, stage, start, end, calendar, seconds):
    return Segment(
        clock_id=move.clock.pk,
        cycle=cycle,
        stage=stage,
        start_at=instant_of(start),
        end_at=instant_of(end),
        calendar_version_id=int(calendar),
        seconds=seconds,
        cause=move.cause,
    )


def _write_firings(moves, now, coalesce):
    found = []
    for move in moves:
        fired = [fact for fact in move.facts if isinstance(fact, Fired)]
        aloud = [fact for fact in fired if fact.notify]
        found += [(move, fact, fact.notify and (not coalesce or fact is aloud[-1])) for fact in fired]
    if not found:
        return
    lateness = [max(0, epoch_seconds(now) - fact.fire_at) for _, fact, _ in found]
    keys = rows.insert_columns(
        Firing,
        {
            "clock_id": [move.clock.pk for move, _, _ in found],
            "cycle": [fact.cycle for _, fact, _ in found],
            "revision": [fact.revision for _, fact, _ in found],
            "pct": [fact.mark.pct for _, fact, _ in found],
            "offset": [fact.mark.offset for _, fact, _ in found],
            "due_at": [instant_of(fact.due_at) for _, fact, _ in found],
            "fire_at": [instant_of(fact.fire_at) for _, fact, _ in found],
            "fired_at": now,
            "lateness": lateness,
            "notify": [is_told for _, _, is_told in found],
            "is_withdrawn": False,
        },
    )
    told = [
        _news(move, fact, key, late, is_told)
        for (move, fact, is_told), key, late in zip(found, keys, lateness, strict=True)
        if is_told or _hands_on(move.clock, fact.mark)
    ]
    events.publish_all(told, actor=None, at=now, is_public=False)


def _hands_on(clock, mark) -> bool:
    """Whether a step at the mark moves the ticket: that is done even when nobody is told of the mark any more."""
    steps = rules.steps_at(terms_by_id(clock.terms_id), mark)
    return any(step["action"] in EscalationStep.FUNCTIONAL for _, step in steps)


def _news(move, fact, key, lateness, is_told):
    clock = move.clock
    return (
        "sla.breached" if fact.mark == BREACH else "sla.threshold_crossed",
        move.ticket,
        {
            "firing": key,
            "kind": clock.kind,
            "metric": clock.metric,
            "pct": fact.mark.pct,
            "offset": fact.mark.offset,
            "due_at": instant_of(fact.due_at),
            "deadline": clock.due_at,
            "lateness": lateness,
            "notify": is_told,
        },
    )
