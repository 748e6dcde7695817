"""One line per clock: what it says right now."""

from dataclasses import dataclass
from datetime import datetime

from core import clock as wall
from core.business_time import epoch_seconds
from sla.engine import ClockState, Stage
from sla.models import Agreement, Clock, Target
from sla.selectors.engines import engine_of


@dataclass(frozen=True)
class Chip:
    """One clock as people see it. Durations in business seconds; `remaining` is negative once late.

    `share` names the team or supplier whose part is measured; empty for what was promised to the customer.
    `state`: running | paused | met | breached | cancelled. A breached clock that still runs says "breached".
    """

    clock_id: int
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
    share: str = ""


def chips_for(tickets, *, with_shares=False) -> dict[int, list[Chip]]:
    """Chips of many tickets at once, by ticket id; one query however many.

    They are what was promised to the customer; `with_shares` also those of teams and suppliers, for the desk only.
    """
    clocks = Clock.objects.filter(ticket__in=[t.pk for t in tickets]).order_by("ticket_id", "metric", "pk")
    if with_shares:
        clocks = clocks.select_related("team", "supplier")
    else:
        clocks = clocks.filter(kind=Agreement.Kind.SLA)
    # The working hours are compiled once in the process: to parse them again for each clock took most of the time.
    hours = [f"calendar_version__{name}" for name in ("weekly", "exceptions", "labels", "offsets")]
    now = wall.now()
    chips: dict[int, list[Chip]] = {}
    for clock in clocks.select_related("agreement__agreement", "calendar_version__calendar").defer(*hours):
        chips.setdefault(clock.ticket_id, []).append(chip_of(clock, now))
    return chips


def chip_of(clock, now) -> Chip:
    """A clock read at `now`, through the engine that also fires it."""
    holder = clock.team or clock.supplier if clock.kind != Agreement.Kind.SLA else None
    view = engine_of(clock).view(ClockState.from_dict(clock.memory), epoch_seconds(now))
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
        clock_id=clock.pk,
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
        share=str(holder or ""),
    )
