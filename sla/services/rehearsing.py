"""What a calendar would change before it is saved: the very judgement of the recalculation, written nowhere."""

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from core import clock as wall
from sla.models import Clock
from sla.models.calendar import CalendarsByKey
from sla.models.clock import terms_by_id
from sla.selectors import followers
from sla.services import binding, keeping, rebuilding

CLOCKS_AT_MOST = 3_000
DRAFT = -1  # the key of a calendar version that does not exist yet


@dataclass(frozen=True)
class Moved:
    """A clock whose deadline or breach would change."""

    clock: Clock
    due_before: datetime | None
    due_after: datetime | None
    is_gained: bool
    is_withdrawn: bool


@dataclass
class Rehearsal:
    """`open_clocks` count by the calendar; the `examined` soonest due of them were judged."""

    open_clocks: int
    examined: int
    moved: list[Moved] = field(default_factory=list)

    @property
    def gained(self) -> int:
        return sum(move.is_gained for move in self.moved)

    @property
    def withdrawn(self) -> int:
        return sum(move.is_withdrawn for move in self.moved)


def rehearse(calendar, compiled, mode, *, limit=CLOCKS_AT_MOST) -> Rehearsal:
    """Judge the open clocks that count by the calendar as if `compiled` were its version in force, from now on."""
    clocks = followers.open_clocks(calendar)
    soonest = list(clocks.select_related("ticket").order_by("due_at", "pk")[:limit])
    rehearsal = Rehearsal(clocks.count(), len(soonest))
    rebuilding.prefetch_facts([clock.ticket for clock in soonest])
    terms = {old: followers.brought_up(calendar, terms_by_id(old), to=DRAFT) for old in {c.terms_id for c in soonest}}
    calendars, now = CalendarsByKey({str(DRAFT): compiled}), wall.recorded_now()
    for clock in soonest:
        move = _moved(clock, terms[clock.terms_id], mode, calendars, now)
        if move.due_before != move.due_after or move.is_gained or move.is_withdrawn:
            rehearsal.moved.append(move)
    return rehearsal


def _moved(clock, terms, mode, calendars, now) -> Moved:
    at, after = max(now, binding.last_instant(clock)), copy(clock)
    facts = rebuilding.facts_now(clock.ticket)
    keeping.write_columns(after, binding.judged(clock, facts, terms, at=at, mode=mode, calendars=calendars)[0])
    return Moved(
        clock=clock,
        due_before=clock.due_at,
        due_after=after.due_at,
        is_gained=after.is_breached and not clock.is_breached,
        is_withdrawn=clock.is_breached and not after.is_breached,
    )
