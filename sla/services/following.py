"""A ticket's change and its clocks' change commit together."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Exists

from core.business_time import epoch_seconds
from sla import rules
from sla.engine import OutOfOrder
from sla.models import Clock
from sla.models.clock import terms_by_id
from sla.selectors import followers, histories
from sla.selectors.engines import engine_of
from sla.services import binding, keeping, rebuilding

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
    keeping.save_rows([clock for clocks in held.values() for clock in clocks])
    keeping.refresh_tickets(held)


def follow(event) -> None:
    """`now` handler of every event that carries a ticket's facts.

    In order: lock the ticket's clocks in key order; tell each what the ticket is now; where the event decides which
    agreements apply, start, re-term or withdraw clocks; let clocks that run again take up the calendars in force; write
    what the engine found; when a deadline moved, show it on the ticket. An event dated before something already told or
    judged (an answer that arrived late), or one that takes an answer back, rebuilds the clock from the ledger.
    """
    if "facts" not in event.data:
        return
    ticket, held = event.subject, _held.get()
    is_new = event.name.endswith(".reported")
    clocks = [] if is_new else _clocks_of(event)
    before = [keeping.shown(clock) for clock in clocks]
    still = {clock.pk for clock in clocks if clock.stage not in followers.OPEN}
    moves = [move for clock in clocks if not clock.is_withdrawn and (move := _told(clock, event)) is not None]
    keeping.record(moves, now=event.at, is_held=held is not None)
    if is_new or rules.is_decisive(event.data):
        clocks = binding.bind(event, clocks)
    binding.bring_up([clock for clock in clocks if clock.pk in still and clock.stage in followers.OPEN], event=event)
    if held is not None:
        held[ticket.pk] = clocks
    elif before != [keeping.shown(clock) for clock in clocks]:
        refreshed = keeping.refresh_tickets([ticket.pk])
        ticket.due_at, ticket.is_breached = refreshed.get(ticket.pk, (ticket.due_at, ticket.is_breached))


def _clocks_of(event) -> list[Clock]:
    """The ticket's clocks, locked; `is_overtaken` when the ticket told something that happened after the event."""
    held, ticket = _held.get(), event.subject
    if held is not None and ticket.pk in held:
        return held[ticket.pk]
    told_since = Exists(histories.events_of([ticket.pk]).filter(at__gt=event.at))
    clocks = Clock.objects.select_for_update().filter(ticket=ticket.pk).order_by("pk")
    return list(clocks.annotate(is_overtaken=told_since))


def _told(clock, event):
    """The clock's move at the event; None when it had to be rebuilt instead.

    The engine, which counts whole seconds, cannot tell that an event was overtaken within its second.
    """
    terms, is_answer = terms_by_id(clock.terms_id), event.data.get("is_answer", False)
    takes_back = event.data.get("withdrawn") and terms["metric"] in rules.ENDED_BY_ANSWERS
    if takes_back or getattr(clock, "is_overtaken", False):
        rebuilding.rebuild(clock, event=event)
        return None
    situations = rules.situations_of(event.data["facts"], terms, is_answer=is_answer)
    try:
        state, facts = engine_of(clock).apply(keeping.state_of(clock), epoch_seconds(event.at), situations)
    except OutOfOrder:
        rebuilding.rebuild(clock, event=event)
        return None
    return keeping.Move(clock, state, facts, event.subject, cause=event)
