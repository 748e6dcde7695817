"""Reading clocks and calendars."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from core import clock as wall
from core.business_time import epoch_seconds
from sla import rules
from sla.engine import ClockState, Engine, Stage
from sla.models import Calendar, Clock, Firing, Segment, Target
from sla.models.calendar import CalendarsByKey, compiled_calendar

SECONDS_OF_OFFICE_DAY = 7.5 * 3600


@dataclass(frozen=True)
class Chip:
    """One clock as people see it. Durations in business seconds; `remaining` is negative once late.

    `state`: running | paused | met | breached | cancelled. A breached clock that still runs says "breached".
    """

    metric: str
    label: str
    state: str
    is_running: bool
    due_at: datetime | None
    remaining: int | None
    target: int | None
    percent: int | None
    agreement: str
    calendar: str
    is_provisional: bool


def chips_for(tickets) -> dict[int, list[Chip]]:
    """Chips of many tickets at once, by ticket id; one query however many."""
    clocks = Clock.objects.filter(ticket__in=[t.pk for t in tickets]).order_by("ticket_id", "metric")
    # The working hours are compiled once in the process: to parse them again for each clock took most of the time.
    hours = ("calendar_version__weekly", "calendar_version__exceptions")
    now = wall.now()
    chips: dict[int, list[Chip]] = {}
    for clock in clocks.select_related("agreement__agreement", "calendar_version__calendar").defer(*hours):
        chips.setdefault(clock.ticket_id, []).append(chip_of(clock, now))
    return chips


def chip_of(clock, now) -> Chip:
    """A clock read at `now`, through the engine that also fires it."""
    view = Engine(rules.policy_of(clock.terms), CalendarsByKey()).view(
        ClockState.from_dict(clock.memory), epoch_seconds(now)
    )
    is_late = view.breached or clock.is_breached
    if view.stage is Stage.CANCELLED:
        state = "cancelled"
    elif not view.stage.is_open:
        state = "breached" if is_late else "met"
    elif is_late:
        state = "breached"
    else:
        state = "paused" if view.stage is Stage.PAUSED else "running"
    known = clock.calendar_version.valid_through
    return Chip(
        metric=clock.metric,
        label=str(Target.Metric(clock.metric).label),
        state=state,
        is_running=view.stage is Stage.RUNNING,
        due_at=clock.due_at,
        remaining=view.remaining,
        target=view.target,
        percent=None if not view.target else view.elapsed * 100 // view.target,
        agreement=str(clock.agreement),
        calendar=str(clock.calendar_version),
        is_provisional=bool(known and clock.due_at and clock.due_at.date() > known),
    )


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


def office_calendar(organisation=None):
    """The compiled calendar of an organisation, else the house's office hours; None before any was published."""
    calendars = Calendar.objects.filter(Q(organisation=organisation) | Q(organisation=None, slug="office"))
    calendar = calendars.order_by("organisation_id").first()
    version = calendar.current() if calendar else None
    return compiled_calendar(version.pk) if version else None


def business_days_passed(start, end, *, organisation) -> int:
    """Whole working days of the organisation's calendar between two instants; calendar days where there is none."""
    calendar = office_calendar(organisation)
    if calendar is None:
        return (end - start).days
    return int(calendar.elapsed(start, end) // SECONDS_OF_OFFICE_DAY)
