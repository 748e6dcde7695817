"""The auditor: every clock counted again from the ledger and its rulings, and compared with what is stored."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass

from django.db import transaction

from core import clock as wall
from core.business_time import epoch_seconds
from sla.engine import Fired, Rejudged, SpanClosed
from sla.models import AuditRun, Clock, Firing, Ruling, Segment
from sla.selectors import histories
from sla.selectors.engines import engine_of
from sla.services import keeping, rebuilding

BATCH = 500
FINDINGS_KEPT = 200
NIGHTLY_AT_MOST = 50_000


@dataclass(frozen=True)
class Difference:
    """One field of one clock that is not what the ledger tells. Values are shown as text."""

    ticket: str
    clock: int
    field: str
    stored: str
    expected: str


def sample(clocks, size):
    """So many of the clocks, chosen by chance."""
    return Clock.objects.filter(pk__in=list(clocks.order_by("?").values_list("pk", flat=True)[:size]))


def nightly() -> AuditRun:
    """The run of every night: all clocks, or a sample of many where there are too many for a night."""
    clocks = Clock.objects.all()
    if clocks.count() <= NIGHTLY_AT_MOST:
        return audit(clocks, scope="nightly, all")
    return audit(sample(clocks, NIGHTLY_AT_MOST), scope=f"nightly, sample of {NIGHTLY_AT_MOST}")


def audit(clocks, *, scope) -> AuditRun:
    """Recompute the clocks of a queryset in batches and keep what was found; writes nothing else.

    Tickets change meanwhile: a clock that seems to differ is looked at again with its ticket's clocks locked.
    """
    run = AuditRun.objects.create(started_at=wall.recorded_now(), scope=scope)
    keys = list(clocks.order_by("pk").values_list("pk", flat=True))
    found = []
    for first in range(0, len(keys), BATCH):
        batch = keys[first : first + BATCH]
        for suspect in {difference.clock for difference in compare(Clock.objects.filter(pk__in=batch))}:
            with transaction.atomic():
                found += compare(Clock.objects.select_for_update(of=("self",)).filter(pk=suspect))
        run.clocks += len(batch)
    run.differences = len(found)
    run.findings = [vars(difference) for difference in found[:FINDINGS_KEPT]]
    run.finished_at = wall.recorded_now()
    run.save()
    return run


def compare(clocks) -> list[Difference]:
    """Where the clocks of a queryset differ from the ledger; six queries however many clocks."""
    clocks = list(clocks.select_related("ticket").order_by("pk"))
    told = histories.told_by_ticket({clock.ticket_id for clock in clocks})
    rulings = _by_clock(Ruling.objects.filter(clock__in=clocks).order_by("id"))
    segments = _by_clock(Segment.objects.filter(clock__in=clocks, is_superseded=False))
    firings = _by_clock(Firing.objects.filter(clock__in=clocks, is_withdrawn=False))
    until = epoch_seconds(wall.recorded_now())
    return [
        Difference(clock.ticket.number, clock.pk, field, str(stored), str(expected))
        for clock in clocks
        for field, stored, expected in _differences(
            clock,
            told.get(clock.ticket_id, []),
            rulings[clock.pk],
            sorted(map(_span_of, segments[clock.pk])),
            sorted(map(_firing_of, firings[clock.pk])),
            until,
        )
        if stored != expected
    ]


def _differences(clock, told, rulings, segments, firings, until):
    """(field, stored, expected) of all there is to compare; both sides brought to the same instant in memory."""
    if not rulings:
        yield "rulings", "none", "one at least"
        return
    stored = keeping.state_of(clock)
    advanced, pending = engine_of(clock).advance(stored, until)
    state, facts = rebuilding.played_over(told, rulings, until=until)
    yield from zip(advanced._fields, advanced, state, strict=True)
    shadow = copy(clock)
    keeping.write_columns(shadow, stored)
    last = rulings[-1]
    shadow.terms_id, shadow.agreement_id = last.terms_id, last.agreement_id
    shadow.is_withdrawn = last.reason == Ruling.Reason.WITHDRAWN
    for column in keeping.COLUMNS:
        yield f"column {column}", getattr(clock, column), getattr(shadow, column)
    yield "segments", segments, sorted(_account(facts))
    yield "firings", sorted([*firings, *_fired(pending)]), sorted(_fired(facts))


def _account(facts):
    """The spans in force after all facts, as segments hold them."""
    spans = []
    for fact in facts:
        if isinstance(fact, Rejudged):
            spans = [span for span in spans if span[:2] != (fact.cycle, "running")]
            spans += [(fact.cycle, "running", p.start, p.end, int(p.calendar), p.seconds) for p in fact.pieces]
        elif isinstance(fact, SpanClosed):
            spans.append((fact.cycle, fact.stage.value, fact.start, fact.end, int(fact.calendar), fact.seconds))
    return spans


def _span_of(segment):
    span = epoch_seconds(segment.start_at), epoch_seconds(segment.end_at)
    return segment.cycle, segment.stage, *span, segment.calendar_version_id, segment.seconds


def _fired(facts):
    return [(f.cycle, f.revision, *f.mark, f.due_at, f.fire_at) for f in facts if isinstance(f, Fired)]


def _firing_of(firing):
    instants = epoch_seconds(firing.due_at), epoch_seconds(firing.fire_at)
    return firing.cycle, firing.revision, firing.pct, firing.offset, *instants


def _by_clock(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.clock_id].append(row)
    return found
