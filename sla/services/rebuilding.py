"""Recomputing a clock from the ledger: for facts that arrive late, and for audits."""

from core import clock as wall
from core.business_time import epoch_seconds
from events.models import Event
from sla import rules
from sla.engine import ClockState, Engine, Fact, Fired, SpanClosed
from sla.models import Firing, Segment
from sla.models.calendar import CalendarsByKey
from sla.services import keeping


def replayed(clock, *, until=None) -> tuple[ClockState, list[Fact]]:
    """The clock's state and facts as the ticket's ledger tells them, in the order of instants.

    `until` (epoch seconds) also fires what crossed before it, as a sweep would have.
    """
    engine = Engine(rules.policy_of(clock.terms), CalendarsByKey())
    state, facts = None, []
    events = Event.objects.filter(subject_kind="ticket", subject_id=clock.ticket_id).order_by("at", "id")
    for event in events.iterator(chunk_size=500):
        recorded = event.data.get("facts")
        if recorded is None:
            continue
        situation = rules.situation_of(recorded, clock.terms, metric=clock.metric)
        state, found = engine.apply(state, epoch_seconds(event.at), [situation])
        facts += found
    if until is not None and state is not None:
        state, found = engine.advance(state, until)
        facts += found
    return state, facts


def rebuild(clock, *, ticket, event):
    """Correct a clock after a back-dated event: old rows are superseded or withdrawn, none is deleted."""
    now = wall.recorded_now()
    state, facts = replayed(clock, until=epoch_seconds(now))
    Segment.objects.filter(clock=clock, is_superseded=False).update(is_superseded=True)
    still = {(f.cycle, f.revision, f.mark.pct) for f in facts if isinstance(f, Fired)}
    for firing in Firing.objects.filter(clock=clock, is_withdrawn=False):
        if (firing.cycle, firing.revision, firing.pct) not in still:
            firing.is_withdrawn = True
            firing.save(update_fields=["is_withdrawn"])
    spans = [fact for fact in facts if isinstance(fact, SpanClosed | Fired)]
    keeping.record(clock, state, spans, ticket=ticket, now=now, cause=event, coalesce=True)
