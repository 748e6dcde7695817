"""A ticket's change and its clocks' change commit together."""

from core.business_time import epoch_seconds
from sla import rules
from sla.engine import Engine, OutOfOrder
from sla.models import AgreementVersion, Clock
from sla.models.calendar import CalendarsByKey
from sla.services import keeping, matching, rebuilding


def follow(event) -> None:
    """`now` handler of every event that carries a ticket's facts.

    In order: on the first event find the agreement that applies and start its clocks (none is legitimate); lock the
    ticket's clocks in key order; tell each what the ticket is now; write what the engine found. An event dated
    before something already judged (an answer that arrived late) rebuilds the clock from the ledger.
    """
    facts = event.data.get("facts")
    if facts is None:
        return
    ticket = event.subject
    at = epoch_seconds(event.at)
    if event.name.endswith(".reported"):
        _start(ticket, facts, at, event)
    else:
        for clock in Clock.objects.select_for_update().filter(ticket_id=ticket.pk).order_by("pk"):
            _move(clock, facts, at, event, ticket)
    keeping.refresh_ticket([ticket.pk])


def engine_of(clock) -> Engine:
    return Engine(rules.policy_of(clock.terms), CalendarsByKey())


def _start(ticket, facts, at, event):
    version: AgreementVersion | None = matching.agreement_for(ticket)
    if version is None:
        return
    for metric, terms in matching.terms_of(version, ticket.kind).items():
        clock = Clock(ticket=ticket.ticket_ptr, metric=metric, agreement=version, terms=terms)
        situation = rules.situation_of(facts, terms, metric=metric)
        state, found = engine_of(clock).apply(None, at, [situation])
        keeping.record(clock, state, found, ticket=ticket, now=event.at, cause=event)


def _move(clock, facts, at, event, ticket):
    situation = rules.situation_of(facts, clock.terms, metric=clock.metric)
    try:
        state, found = engine_of(clock).apply(keeping.state_of(clock), at, [situation])
    except OutOfOrder:
        rebuilding.rebuild(clock, ticket=ticket, event=event)
        return
    keeping.record(clock, state, found, ticket=ticket, now=event.at, cause=event)
