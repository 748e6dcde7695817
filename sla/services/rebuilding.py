"""Playing a clock from the ledger: for clocks that start in the middle, for facts that arrive late, and for audits."""

from dataclasses import replace

from django.db.models import prefetch_related_objects

from core import clock as wall
from core.business_time import epoch_seconds
from events.models import Event
from sla import rules
from sla.engine import ClockState, Engine, Fact, Fired, Reopen, SpanClosed
from sla.models import Correction, Firing, Ruling, Segment
from sla.models.calendar import CalendarsByKey
from sla.models.clock import terms_by_id
from sla.services import keeping


def engine_under(terms, *, is_return=False, calendars=None) -> Engine:
    """The engine by these terms. When an agreement returns to a withdrawn clock, the time without one counts."""
    policy = rules.policy_of(terms)
    policy = replace(policy, on_reopen=Reopen.CONTINUOUS) if is_return else policy
    return Engine(policy, CalendarsByKey() if calendars is None else calendars)


def replayed(clock, *, until=None) -> tuple[ClockState, list[Fact]]:
    """The clock's state and facts as the ticket's ledger and the clock's rulings tell them."""
    return played(clock.ticket_id, list(clock.rulings.order_by("id")), until=until)


def played(ticket_id, rulings, *, until=None) -> tuple[ClockState, list[Fact]]:
    """State and facts of a clock that these rulings govern, the first of which starts it, in the order of instants.

    `until` (epoch seconds) also fires what crossed before it, as a sweep would have.
    """
    first, later = rulings[0], rulings[1:]
    terms = terms_by_id(first.terms_id)
    engine, state, found, facts, is_withdrawn = engine_under(terms), None, [], None, False
    for _, _, step in sorted([*_events_of(ticket_id), *((ruling.at, (1, ruling.pk), ruling) for ruling in later)]):
        if isinstance(step, Ruling) and step.reason == Ruling.Reason.WITHDRAWN:
            is_withdrawn, situations = True, rules.withdrawal(facts, terms)
        elif isinstance(step, Ruling):
            terms = terms_by_id(step.terms_id)
            engine, is_withdrawn = engine_under(terms, is_return=is_withdrawn), False
            situations = rules.situations_of(facts, terms, mode=step.mode)
        else:
            facts = step.data["facts"]
            if is_withdrawn or (step.at, step.pk) < (first.at, first.after_id or 0):
                continue
            situations = rules.situations_of(facts, terms, is_answer=step.data.get("is_answer", False))
        state, news = engine.apply(state, epoch_seconds(step.at), situations)
        engine, found = engine_under(terms), found + news
    if until is not None and state is not None:
        state, news = engine.advance(state, until)
        found += news
    return state, found


def _events_of(ticket_id):
    """(instant, order, event) of what the ledger knows of the ticket's facts."""
    events = Event.objects.filter(subject_kind="ticket", subject_id=ticket_id, data__has_key="facts")
    return [(event.at, (0, event.pk), event) for event in events.order_by("at", "id")]


def facts_now(ticket) -> dict:
    """The ticket's facts for a ruling that no event of the ticket brings about."""
    return ticket.typed.facts()


def prefetch_facts(tickets) -> None:
    """Read what `facts_now` needs of many tickets: a query for each kind of ticket, not for each ticket."""
    for kind in {ticket.kind for ticket in tickets}:
        prefetch_related_objects([ticket for ticket in tickets if ticket.kind == kind], kind)


def rebuild(clock, *, event) -> None:
    """Correct a clock after a back-dated event: old rows are superseded or withdrawn, none is deleted.

    What people were shown before and are shown now stays beside it as a `Correction`, where they differ.
    """
    now = wall.recorded_now()
    before = _figures(clock)
    state, facts = replayed(clock, until=epoch_seconds(now))
    Segment.objects.filter(clock=clock, is_superseded=False).update(is_superseded=True)
    known = {_key(firing): firing for firing in Firing.objects.filter(clock=clock)}
    still = {(fact.cycle, fact.revision, *fact.mark) for fact in facts if isinstance(fact, Fired)}
    revoked = [firing for key, firing in known.items() if key not in still and not firing.is_withdrawn]
    Firing.objects.filter(pk__in=[firing.pk for firing in revoked]).update(is_withdrawn=True)
    news = [
        fact
        for fact in facts
        if isinstance(fact, SpanClosed)
        or (isinstance(fact, Fired) and (fact.cycle, fact.revision, *fact.mark) not in known)
    ]
    keeping.record([keeping.Move(clock, state, news, event.subject, cause=event)], now=now, coalesce=True)
    after = _figures(clock) | {"revoked": [[firing.pct, firing.offset] for firing in revoked]}
    if revoked or after | {"revoked": None} != before | {"revoked": None}:
        Correction.objects.create(clock=clock, cause=event, at=now, before=before, after=after)


def _figures(clock) -> dict:
    """What people see of a clock, as a correction keeps it."""
    return {
        "elapsed": clock.base_elapsed,
        "due_at": clock.due_at.isoformat() if clock.due_at else None,
        "is_breached": clock.is_breached,
        "outcome": clock.outcome,
    }


def _key(firing):
    return firing.cycle, firing.revision, firing.pct, firing.offset
