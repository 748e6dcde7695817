"""Starting clocks, putting other terms in force for them, and withdrawing them: every ruling passes here."""

from dataclasses import dataclass

from core import clock as wall
from core.business_time import epoch_seconds
from events.models import Event
from sla import rules
from sla.engine import ClockState, Fact
from sla.models import AgreementVersion, Clock, Ruling
from sla.models.clock import terms_by_id
from sla.selectors import followers
from sla.services import keeping, matching, rebuilding
from tickets.models import Ticket

Reason = Ruling.Reason


def bind(event, clocks) -> list[Clock]:
    """Make the ticket's clocks those of the agreements that fit it after `event`; `clocks` are its locked rows.
    Returns them with those that started.

    A clock of the whole ticket counts from the report on, whenever its agreement came to apply; a team's or a
    supplier's share starts when they first hold the ticket. A clock whose agreement still fits keeps its version.
    """
    kept = {clock.agreement_id for clock in clocks if not clock.is_withdrawn}
    bindings = matching.bindings_for(event.subject, kept=kept)
    counting = {share: [clock for clock in clocks if _share_of(clock) == share] for share in bindings}
    # A version's metrics never change.
    anew = {share: version for share, version in bindings.items() if not _count_by(version, counting[share])}
    terms = matching.terms_by_metric(anew.values(), event.subject.kind)
    for share, version in anew.items():
        clocks = clocks + _bind_share(event, share, version, terms[version.pk], counting[share])
    for clock in clocks:
        if _share_of(clock) not in bindings and not clock.is_withdrawn:
            withdraw(clock, ticket=event.subject, event=event)
    return clocks


def _share_of(clock):
    return clock.kind, clock.team_id, clock.supplier_id


def _count_by(version, clocks) -> bool:
    return bool(clocks) and all(clock.agreement_id == version.pk and not clock.is_withdrawn for clock in clocks)


def _bind_share(event, share, version, terms, counting) -> list[Clock]:
    """Let the clocks of one share of the ticket count by `version` and its terms; returns those that start."""
    ticket, started = event.subject, []
    present = {clock.metric: clock for clock in counting}
    for metric, terms_id in terms.items():
        clock = present.pop(metric, None)
        if clock is None:
            if rules.is_held(event.data["facts"], terms_by_id(terms_id)):
                started.append(_start(event, share, metric, version, terms_id))
        elif clock.is_withdrawn or clock.agreement_id != version.pk:
            rule(clock, ticket=ticket, version=version, terms_id=terms_id, reason=Reason.AGREEMENT, event=event)
    for clock in present.values():
        if not clock.is_withdrawn:
            withdraw(clock, ticket=ticket, event=event)
    return started


def rule(clock, *, ticket, version, terms_id, reason, mode="", event=None) -> None:
    """Put other terms in force for one clock; see `rule_all`."""
    rule_all([Change(clock, ticket, version, terms_id)], reason=reason, mode=mode, event=event)


def withdraw(clock, *, ticket, event=None) -> None:
    """End a clock that no agreement stands behind any more: nothing of it fires again, its account stays."""
    rule_all([Change(clock, ticket, clock.agreement, clock.terms_id)], reason=Reason.WITHDRAWN, event=event)


def bring_up(clocks, *, event) -> None:
    """Let clocks that stood still while calendars changed count by those in force when they run again (S15)."""
    counted = list({clock.terms_id for clock in clocks})
    newest = dict(zip(counted, matching.stored([followers.in_force(terms_by_id(pk)) for pk in counted]), strict=True))
    changes = [Change(clock, event.subject, clock.agreement, newest[clock.terms_id]) for clock in clocks]
    moved = [change for change in changes if change.terms_id != change.clock.terms_id]
    rule_all(moved, reason=Reason.CALENDAR, event=event)


@dataclass
class Change:
    """The terms that one clock of a locked ticket shall count by."""

    clock: Clock
    ticket: Ticket
    version: AgreementVersion
    terms_id: int


def rule_all(changes, *, reason, mode="", event=None) -> None:
    """Put terms in force for clocks from the event (without one: from now) on, and judge these by them (S11).

    As many statements for hundreds of clocks as for one; without an event the tickets' facts should be prefetched.
    """
    if not changes:
        return
    now = event.at if event else wall.recorded_now()
    rulings, moves = [], []
    for change in changes:
        clock, terms = change.clock, terms_by_id(change.terms_id)
        facts = event.data["facts"] if event else rebuilding.facts_now(change.ticket)
        at = max(now, last_instant(clock))
        state, found = judged(clock, facts, terms, at=at, mode=mode, is_end=reason == Reason.WITHDRAWN)
        clock.agreement, clock.terms_id, clock.is_withdrawn = (
            change.version,
            change.terms_id,
            reason == Reason.WITHDRAWN,
        )
        moves.append(keeping.Move(clock, state, found, change.ticket, cause=event))
        rulings.append(_ruling(change, at, reason, mode, event))
    Ruling.objects.bulk_create(rulings)
    keeping.record(moves, now=now, coalesce=True, also=("agreement_id", "terms_id", "is_withdrawn"))


def judged(clock, facts, terms, *, at, mode="", is_end=False, calendars=None) -> tuple[ClockState, list[Fact]]:
    """What a clock comes to, and the facts on the way, when `terms` govern it from `at` on. Writes nothing, so a dry
    run asks the same; it brings the calendars that are not saved yet."""
    engine = rebuilding.engine_under(terms, is_return=clock.is_withdrawn and not is_end, calendars=calendars)
    situations = rules.withdrawal(facts, terms) if is_end else rules.situations_of(facts, terms, mode=mode)
    return engine.apply(keeping.state_of(clock), epoch_seconds(at), situations)


def _start(event, share, metric, version, terms_id) -> Clock:
    ticket, (kind, team, supplier) = event.subject, share
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
    keeping.record([keeping.Move(clock, state, found, ticket, cause=event)], now=event.at, is_held=True)
    return clock


def _report_of(ticket, event):
    if event.name.endswith(".reported"):
        return event
    return Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk, name__endswith=".reported").earliest("id")


def _ruling(change, at, reason, mode, event) -> Ruling:
    return Ruling(
        clock=change.clock,
        at=at,
        reason=reason,
        terms_id=change.terms_id,
        agreement=change.version,
        mode=mode,
        after=event,
    )


def last_instant(clock):
    """A ruling never lies before what the clock was last told."""
    state: ClockState = keeping.state_of(clock)
    return keeping.instant(max(state.at, state.sealed_at + 1))
