"""A ticket's change and its clocks' change commit together."""

from core.business_time import epoch_seconds
from sla import rules
from sla.engine import Engine, OutOfOrder
from sla.models import Clock
from sla.models.calendar import CalendarsByKey
from sla.models.clock import terms_by_id
from sla.selectors import followers
from sla.services import binding, keeping, rebuilding


def follow(event) -> None:
    """`now` handler of every event that carries a ticket's facts.

    In order: lock the ticket's clocks in key order; tell each what the ticket is now; where the event decides which
    agreements apply, start, re-term or withdraw clocks; write what the engine found; let clocks that run again take up
    the calendars in force. An event dated before something
    already judged (an answer that arrived late) rebuilds the clock from the ledger.
    """
    if "facts" not in event.data:
        return
    is_new = event.name.endswith(".reported")
    clocks = [] if is_new else list(Clock.objects.select_for_update().filter(ticket=event.subject.pk).order_by("pk"))
    still = {clock.pk for clock in clocks if clock.stage not in followers.OPEN}
    moves = [move for clock in clocks if not clock.is_withdrawn and (move := _told(clock, event)) is not None]
    keeping.record(moves, now=event.at)
    if is_new or rules.is_decisive(event.data):
        binding.bind(event, clocks)
    binding.bring_up([clock for clock in clocks if clock.pk in still and clock.stage in followers.OPEN], event=event)
    keeping.refresh_tickets([event.subject.pk])


def engine_of(clock) -> Engine:
    return Engine(rules.policy_of(terms_by_id(clock.terms_id)), CalendarsByKey())


def _told(clock, event):
    """The clock's move at the event; None when it had to be rebuilt instead."""
    terms, is_answer = terms_by_id(clock.terms_id), event.data.get("is_answer", False)
    situations = rules.situations_of(event.data["facts"], terms, is_answer=is_answer)
    try:
        state, facts = engine_of(clock).apply(keeping.state_of(clock), epoch_seconds(event.at), situations)
    except OutOfOrder:
        rebuilding.rebuild(clock, event=event)
        return None
    return keeping.Move(clock, state, facts, event.subject, cause=event)
