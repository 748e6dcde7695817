"""The SLA engine: one pure state machine behind every clock, replay, simulator and audit.

Nothing in this package knows Django. Instants are integer epoch seconds in UTC, durations integer seconds of
business time. The semantics are rules S1 to S16 of ``docs/sla.md``.

Parts
-----
``policy``   ``ClockPolicy`` (thresholds, re-target and reopen mode, per assignment or not) and ``Situation``
             (what the clock is told after one event: phase, target, calendar key, is the team ours, mode)
``metric``   ``Metric`` and ``TicketFacts``: from ticket facts to a ``Situation``
``state``    ``ClockState``, ``View`` and the facts
``account``  arithmetic over a state: elapsed, crossings, deadline, next threshold
``turn``     the rules themselves, one method each
``clock``    ``Engine``: the API below
``replay``   the worked-case format, used by ``manage.py sla_replay``

API
---
``engine = Engine(policy, calendars)``  ``calendars`` maps keys to ``core.business_time.BusinessCalendar``;
    any Mapping works, so a lazy one that loads calendar versions on first use is fine.
``engine.apply(state | None, at, situations) -> (state, facts)``  the events of one instant, in order.
``engine.advance(state, until) -> (state, facts)``  fire every threshold that crossed strictly before `until`.
``engine.view(state, at) -> View``  read the clock: stage, elapsed, remaining, due, breached, outcome.

Every event of a ticket may be turned into a situation, also one that changes nothing for the metric: equal
situations are no-ops apart from moving ``state.at``.

Invariants (tests/properties/test_engine.py)
--------------------------------------------
* The events of one instant may come in one ``apply`` or in several: same state, same facts.
* Any number of ``advance`` calls in between changes neither the final state nor the facts.
* ``ClockState.from_dict(state.as_dict())`` is the state: nothing lives outside it.
* Sum of ``pieces`` = ``base_elapsed``; pieces are disjoint and ordered.
* A threshold fires once per (cycle, revision, mark); revisions of zero length fire and re-arm nothing.
* Given the same events the facts are the same for ever: they depend on no clock, no database, no order of
  sweeps. That is what lets an auditor replay the ledger and expect the identical account.

Why crossings wait for the second to pass: a stop exactly at a crossing prevents it (S7), and events carry
whole seconds, so whether the crossing at second c happened is known only when c is over. Therefore
``advance(until)`` fires crossings *before* `until`, and a threshold with ``next_at`` = c is ripe when c lies
before the current whole second.

Keeping a clock in a database
-----------------------------
Row (one per ticket and metric): the scalar fields of ``ClockState`` that queries need as columns (stage,
cycle, revision, target, calendar, since, base_elapsed, due_at, next_at, next_mark, breached, outcome), plus
``as_dict()`` whole in a JSON column, from which the state is read back. The columns are copies, written in
the same statement. Beside it, append-only, from the facts:

* ``SpanClosed``      a segment row with its cause event; ``Rejudged`` adds rows that supersede the running
                      ones of the cycle, deleting nothing
* ``RevisionOpened``  a revision row (why the target applied: target, calendar version, mode, cause)
* ``Fired``           a firing row, unique on (clock, cycle, revision, mark), with due_at, fire_at, the real
                      instant and so the lateness; only ``notify`` ones are told to anybody
* ``CycleClosed``     the judgement; a later ``CycleReopened`` and its next ``CycleClosed`` supersede it

A change of the ticket: inside its transaction lock the clock rows, take the event's instant (whole seconds),
build the situation, ``apply``, write row and facts. ``OutOfOrder`` means that the event lies at or before an
instant already judged (a late, back-dated event): replay the ticket's events from its ledger with ``apply``
from ``None``, write the result as corrections beside the old rows, and mark firings that no longer exist
as withdrawn.

A sweep, in one transaction per batch:

1. ``now`` = the database's ``date_trunc('second', clock_timestamp())``;
2. claim rows with ``next_at < now`` and their tickets, by ``next_at``, ``FOR UPDATE SKIP LOCKED``, some hundreds;
3. ``state, facts = engine.advance(state, now)`` for each; insert ``Fired`` facts (``ON CONFLICT DO NOTHING``)
   with their deliveries; of several firings of one clock found together late, only the highest notifies;
4. write row and commit. A crash rolls all of it back and the rows are claimed again.

``next_at`` is None when nothing can fire without an event (paused, stopped, no target, all fired), so the
partial index ``WHERE next_at IS NOT NULL`` holds exactly the clocks that can become due.
"""

from sla.engine.clock import Engine, OutOfOrder
from sla.engine.metric import Metric, TicketFacts
from sla.engine.policy import BREACH, ClockPolicy, Mark, Phase, Reopen, Retarget, Situation, marks_of
from sla.engine.state import (
    ClockState,
    CycleClosed,
    CycleOpened,
    CycleReopened,
    Fact,
    Fired,
    Outcome,
    Piece,
    Rejudged,
    RevisionOpened,
    SpanClosed,
    Stage,
    View,
)

__all__ = [
    "BREACH",
    "ClockPolicy",
    "ClockState",
    "CycleClosed",
    "CycleOpened",
    "CycleReopened",
    "Engine",
    "Fact",
    "Fired",
    "Mark",
    "Metric",
    "OutOfOrder",
    "Outcome",
    "Phase",
    "Piece",
    "Rejudged",
    "Reopen",
    "Retarget",
    "RevisionOpened",
    "Situation",
    "SpanClosed",
    "Stage",
    "TicketFacts",
    "View",
    "marks_of",
]
