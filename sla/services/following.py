"""A ticket's change and its clocks' change commit together."""

from contextlib import contextmanager
from contextvars import ContextVar

from core.business_time import epoch_seconds
from sla import rules
from sla.engine import Engine, OutOfOrder
from sla.models import AgreementVersion, Clock
from sla.models.calendar import CalendarsByKey
from sla.services import keeping, matching, rebuilding

# Clocks by the key of their ticket, inside `holding_clocks`.
_held: ContextVar[dict[int, list[Clock]] | None] = ContextVar("held_clocks", default=None)


@contextmanager
def holding_clocks():
    """Inside, a ticket's clocks are read once, and their rows are written once, when the block ends.

    For a history that is replayed in one transaction. What the clocks find on the way (the account, firings, events)
    is written as it comes, as ever.
    """
    held: dict[int, list[Clock]] = {}
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    for clocks in held.values():
        for clock in clocks:
            clock.save()
    keeping.refresh_tickets(held)


def follow(event) -> None:
    """`now` handler of every event that carries a ticket's facts.

    In order: on the first event find the agreement that applies and start its clocks (none is legitimate); lock the
    ticket's clocks in key order; tell each what the ticket is now; write what the engine found; when a deadline moved,
    show it on the ticket. An event dated before something already judged (an answer that arrived late) rebuilds the
    clock from the ledger.
    """
    facts = event.data.get("facts")
    if facts is None:
        return
    ticket, held = event.subject, _held.get()
    at = epoch_seconds(event.at)
    if event.name.endswith(".reported"):
        before, clocks = [], _start(ticket, facts, at, event)
    else:
        clocks = _clocks_of(ticket)
        before = [keeping.shown(clock) for clock in clocks]
        for clock in clocks:
            _move(clock, facts, at, event, ticket)
    if held is not None:
        held[ticket.pk] = clocks
    elif before != [keeping.shown(clock) for clock in clocks]:
        ticket.due_at, ticket.is_breached = keeping.refresh_tickets([ticket.pk])[ticket.pk]


def _clocks_of(ticket) -> list[Clock]:
    held = _held.get()
    if held is not None and ticket.pk in held:
        return held[ticket.pk]
    return list(Clock.objects.select_for_update().filter(ticket_id=ticket.pk).order_by("pk"))


def engine_of(clock) -> Engine:
    return Engine(rules.policy_of(clock.terms), CalendarsByKey())


def _start(ticket, facts, at, event) -> list[Clock]:
    version: AgreementVersion | None = matching.agreement_for(ticket)
    if version is None:
        return []
    started = []
    for metric, terms in matching.terms_of(version, ticket.kind).items():
        clock = Clock(ticket_id=ticket.pk, metric=metric, agreement=version, terms=terms)
        situation = rules.situation_of(facts, terms, metric=metric)
        state, found = engine_of(clock).apply(None, at, [situation])
        keeping.record(clock, state, found, ticket=ticket, now=event.at, cause=event)
        started.append(clock)
    return started


def _move(clock, facts, at, event, ticket):
    situation = rules.situation_of(facts, clock.terms, metric=clock.metric)
    try:
        state, found = engine_of(clock).apply(keeping.state_of(clock), at, [situation])
    except OutOfOrder:
        rebuilding.rebuild(clock, ticket=ticket, event=event)
        return
    is_held = _held.get() is not None
    keeping.record(clock, state, found, ticket=ticket, now=event.at, cause=event, is_held=is_held)
