"""Playing a clock from the ledger: for clocks that start in the middle, for facts that arrive late, and for audits."""

from dataclasses import replace
from operator import itemgetter

from django.db.models import prefetch_related_objects

from core import clock as wall
from core.business_time import epoch_seconds
from sla import rules
from sla.engine import ClockState, Engine, Fact, Fired, Rejudged, Reopen, SpanClosed
from sla.models import Correction, Firing, Ruling, Segment
from sla.models.calendar import CalendarsByKey
from sla.models.clock import terms_by_id
from sla.selectors import histories
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
    return played_over(histories.told_by_ticket([ticket_id]).get(ticket_id, []), rulings, until=until)


def played_over(told, rulings, *, until=None, terms_of=None, calendars=None) -> tuple[ClockState, list[Fact]]:
    """`played` over a history that is at hand. A what-if brings its own: `terms_of` a ruling, and `calendars`."""
    terms_of = terms_of or (lambda ruling: terms_by_id(ruling.terms_id))
    first, later = rulings[0], rulings[1:]
    terms, facts = terms_of(first), None
    usual = engine = engine_under(terms, calendars=calendars)
    state, found, is_withdrawn = None, [], False
    steps = [*((step.at, (0, step.event_id), step) for step in told), *((r.at, (1, r.pk), r) for r in later)]
    for _, _, step in sorted(steps, key=itemgetter(0, 1)):
        if isinstance(step, Ruling) and step.reason == Ruling.Reason.WITHDRAWN:
            is_withdrawn, situations = True, rules.withdrawal(facts, terms)
        elif isinstance(step, Ruling):
            terms = terms_of(step)
            usual = engine_under(terms, calendars=calendars)
            engine = engine_under(terms, is_return=True, calendars=calendars) if is_withdrawn else usual
            is_withdrawn = False
            situations = rules.situations_of(facts, terms, mode=step.mode)
        else:
            facts = step.facts
            if is_withdrawn or (step.at, step.event_id) < (first.at, first.after_id or 0):
                continue
            situations = rules.situations_of(facts, terms, is_answer=step.is_answer)
        state, news = engine.apply(state, epoch_seconds(step.at), situations)
        engine, found = usual, found + news
    if until is not None and state is not None:
        state, news = engine.advance(state, until)
        found += news
    return state, found


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
    kept = {_key(firing): firing for firing in Firing.objects.filter(clock=clock, is_withdrawn=False)}
    fired = {(fact.cycle, fact.revision, *fact.mark): fact for fact in facts if isinstance(fact, Fired)}
    revoked = [firing for key, firing in kept.items() if key not in fired or not _is_same(firing, fired[key])]
    Firing.objects.filter(pk__in=[firing.pk for firing in revoked]).update(is_withdrawn=True)
    news = [fact for fact in facts if isinstance(fact, SpanClosed | Rejudged)]
    for key, fact in fired.items():
        if key not in kept:
            news.append(fact)
        elif kept[key] in revoked:  # it stands, at another instant: people were told already
            news.append(replace(fact, notify=False))
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


def _is_same(firing, fact):
    return (firing.due_at, firing.fire_at) == (keeping.instant(fact.due_at), keeping.instant(fact.fire_at))
