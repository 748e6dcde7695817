"""The account of a ticket's clocks, read for people."""

from dataclasses import dataclass

from core import clock as wall
from sla.models import Clock, Firing, Segment
from sla.selectors.chips import Chip, chip_of


@dataclass(frozen=True)
class Receipt:
    """The account of one clock: every counted span and pause, and what was fired."""

    clock: Clock
    chip: Chip
    segments: list[Segment]
    firings: list[Firing]
    counted: int


def receipts_of(ticket) -> list[Receipt]:
    now = wall.now()
    receipts = []
    clocks = Clock.objects.filter(ticket_id=ticket.pk).order_by("metric")
    for clock in clocks.select_related("agreement__agreement", "calendar_version__calendar"):
        segments = list(
            clock.segments.filter(is_superseded=False)
            .select_related("team", "cause__actor", "calendar_version__calendar")
            .order_by("start_at", "id")
        )
        firings = list(clock.firings.order_by("id"))
        counted = sum(s.seconds for s in segments if s.cycle == clock.cycle)
        receipts.append(Receipt(clock, chip_of(clock, now), segments, firings, counted))
    return receipts
