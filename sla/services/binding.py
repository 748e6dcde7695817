"""Starting clocks, putting other terms in force for them, and withdrawing them: every ruling passes here."""

from core import clock as wall
from core.business_time import epoch_seconds
from events.models import Event
from sla import rules
from sla.engine import ClockState
from sla.models import Clock, Ruling
from sla.models.clock import terms_by_id
from sla.services import keeping, matching, rebuilding

Reason = Ruling.Reason


def bind(event, clocks) -> None:
    """Make the ticket's clocks those of the agreements that fit it after `event`; `clocks` are its locked rows.

    A clock of the whole ticket counts from the report on, whenever its agreement came to apply; a team's or a
    supplier's share starts when they first hold the ticket. A clock whose agreement still fits keeps its version.
    """
    ticket, facts = event.subject, event.data["facts"]
    kept = {clock.agreement_id for clock in clocks if not clock.is_withdrawn}
    wanted = {
        (kind, metric, team, supplier): (version, terms_id)
        for (kind, team, supplier), version in matching.bindings_for(ticket, kept=kept).items()
        for metric, terms_id in matching.terms_by_metric(version, ticket.kind).items()
    }
    present = {(clock.kind, clock.metric, clock.team_id, clock.supplier_id): clock for clock in clocks}
    for share, (version, terms_id) in wanted.items():
        clock = present.get(share)
        if clock is None:
            if rules.is_held(facts, terms_by_id(terms_id)):
                _start(ticket, share, version, terms_id, event)
        elif clock.is_withdrawn or clock.agreement_id != version.pk:
            rule(clock, ticket=ticket, version=version, terms_id=terms_id, reason=Reason.AGREEMENT, event=event)
    for share, clock in present.items():
        if share not in wanted and not clock.is_withdrawn:
            withdraw(clock, ticket=ticket, event=event)


def rule(clock, *, ticket, version, terms_id, reason, mode="", event=None) -> None:
    """Put other terms in force for a clock from the event (without one: from now) on, and judge it by them (S11)."""
    is_return, clock.is_withdrawn = clock.is_withdrawn, False
    ruling = _write(clock, version, terms_id, reason, mode, event)
    facts = event.data["facts"] if event else rebuilding.facts_now(ticket)
    engine = rebuilding.engine_under(terms_by_id(terms_id), is_return=is_return)
    situations = rules.situations_of(facts, terms_by_id(terms_id), mode=mode)
    state, found = engine.apply(keeping.state_of(clock), epoch_seconds(ruling.at), situations)
    clock.agreement, clock.terms_id = version, terms_id
    keeping.record([keeping.Move(clock, state, found, ticket, cause=event)], now=ruling.at)


def withdraw(clock, *, ticket, event=None) -> None:
    """End a clock that no agreement stands behind any more: nothing of it fires again, its account stays."""
    ruling = _write(clock, clock.agreement, clock.terms_id, Reason.WITHDRAWN, "", event)
    facts = event.data["facts"] if event else rebuilding.facts_now(ticket)
    terms = terms_by_id(clock.terms_id)
    engine = rebuilding.engine_under(terms)
    state, found = engine.apply(keeping.state_of(clock), epoch_seconds(ruling.at), rules.withdrawal(facts, terms))
    clock.is_withdrawn = True
    keeping.record([keeping.Move(clock, state, found, ticket, cause=event)], now=ruling.at)


def _start(ticket, share, version, terms_id, event):
    kind, metric, team, supplier = share
    first = event if kind != "sla" else _report_of(ticket, event)
    clock = Clock(
        ticket_id=ticket.pk,
        kind=kind,
        metric=metric,
        team_id=team,
        supplier_id=supplier,
        agreement=version,
        terms_id=terms_id,
    )
    ruling = Ruling(at=first.at, reason=Reason.STARTED, terms_id=terms_id, agreement=version, after=first)
    if first.pk == event.pk:
        terms = terms_by_id(terms_id)
        situations = rules.situations_of(event.data["facts"], terms)
        state, found = rebuilding.engine_under(terms).apply(None, epoch_seconds(event.at), situations)
    else:
        state, found = rebuilding.played(ticket.pk, [ruling])
    keeping.write_columns(clock, state)
    clock.save()
    ruling.clock = clock
    ruling.save()
    keeping.record([keeping.Move(clock, state, found, ticket, cause=event)], now=event.at)


def _report_of(ticket, event):
    if event.name.endswith(".reported"):
        return event
    return Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk, name__endswith=".reported").earliest("id")


def _write(clock, version, terms_id, reason, mode, event) -> Ruling:
    at = max(event.at if event else wall.recorded_now(), _last_instant(clock))
    return Ruling.objects.create(
        clock=clock, at=at, reason=reason, terms_id=terms_id, agreement=version, mode=mode, after=event
    )


def _last_instant(clock):
    """A ruling never lies before what the clock was last told."""
    state: ClockState = keeping.state_of(clock)
    return keeping.instant(max(state.at, state.sealed_at + 1))
