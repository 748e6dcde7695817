"""When would it be due? A ticket that does not exist, through the very rules and the engine that serve real ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from types import SimpleNamespace

from cmdb.models import ConfigurationItem
from core.business_time import BusinessCalendar, epoch_seconds, instant_of
from sla import rules
from sla.engine import ClockState, Fired, SpanClosed, View
from sla.models import AgreementVersion
from sla.models.calendar import compiled_calendar
from sla.services import matching, rebuilding
from tickets.vocabulary import Metric

# A drawing shows at most so many days; a deadline further away is told in words.
DAYS_DRAWN = 45


@dataclass(frozen=True)
class Step:
    """Something that happens to the imagined ticket. `kind`: pause | resume | answer | resolve."""

    at: datetime
    kind: str
    reason: str = ""


@dataclass(frozen=True)
class Simulated:
    """One metric's clock at the end of the story. `spans` are (start, end, stage, seconds), the last up to `until`."""

    metric: str
    label: str
    target: int | None
    view: View
    due_at: datetime | None
    fired: list[tuple[int, int, datetime]]
    spans: list[tuple[datetime, datetime, str, int]]
    calendar_version: int
    until: datetime

    @property
    def hours(self):
        """(start, end) of the working time counted, in order."""
        calendar = compiled_calendar(self.calendar_version)
        running = [(start, end) for start, end, stage, _ in self.spans if stage == "running"]
        return [piece for start, end in running for piece in calendar.spans(start, end)]


@dataclass(frozen=True)
class Promised:
    """What an agreement promises for one metric: `seconds` of the calendar's time."""

    version: AgreementVersion
    seconds: int
    calendar: BusinessCalendar


def promised(metric, *, organisation, service, priority, kind) -> Promised | None:
    """What such a ticket would be promised; None where no agreement says anything."""
    version = binding_version(organisation=organisation, service=service, priority=priority, kind=kind)
    if version is None:
        return None
    terms = matching.contents_by_metric(version, kind, dict(matching.calendars_in_force(version))).get(metric)
    seconds = terms and terms["targets"].get(str(priority))
    if not seconds:
        return None
    return Promised(version, seconds, compiled_calendar(terms["calendars"][str(priority)]))


def binding_version(*, organisation, service, priority, kind):
    """The version of a service level agreement that would bind such a ticket; None where none applies."""
    ticket = SimpleNamespace(
        organisation_id=organisation.pk if organisation else None,
        service_id=service.pk if service else None,
        priority=priority,
        kind=kind,
        affected_items=ConfigurationItem.objects.none(),
    )
    return matching.bindings_for(ticket).get(("sla", None, None))


def simulate(version, *, kind, priority, raised_at, steps=()) -> list[Simulated]:
    """The clocks of a ticket raised at `raised_at` under a version, draft or not, after steps in the order of time.

    A clock that still runs is followed up to its deadline, so that what is shown ends there.
    """
    calendars = dict(matching.calendars_in_force(version))
    contents = matching.contents_by_metric(version, kind, calendars)
    return [_simulated(content, priority, raised_at, steps) for content in contents.values()]


def _simulated(terms, priority, raised_at, steps) -> Simulated:
    engine = rebuilding.engine_under(terms)
    facts = _facts(priority, terms["team"])
    state, found = engine.apply(None, epoch_seconds(raised_at), rules.situations_of(facts, terms))
    for at, together in groupby(steps, key=lambda step: epoch_seconds(step.at)):
        situations = []
        for step in together:
            facts = facts | _told(step, facts)
            situations += rules.situations_of(facts, terms, is_answer=step.kind == "answer")
        state, news = engine.apply(state, at, situations)
        found += news
    last = max(state.at, state.due_at or 0) if state.stage.is_open else state.at
    state, news = engine.advance(state, last + 1)
    found += news
    view = engine.view(state, last)
    return Simulated(
        metric=terms["metric"],
        label=str(Metric(terms["metric"]).label),
        target=view.target,
        view=view,
        due_at=instant_of(view.due_at) if view.due_at is not None else None,
        fired=[(f.mark.pct, f.mark.offset, instant_of(f.due_at)) for f in found if isinstance(f, Fired)],
        spans=list(_spans(state, found, last)),
        calendar_version=int(state.calendar),
        until=instant_of(last),
    )


def _spans(state: ClockState, found, last):
    closed = [(f.start, f.end, f.stage.value, f.seconds) for f in found if isinstance(f, SpanClosed)]
    if state.stage.is_open and last > state.since:
        seconds = 0
        if state.stage == "running":
            seconds = compiled_calendar(int(state.calendar)).elapsed_seconds(state.since, last)
        closed.append((state.since, last, state.stage.value, seconds))
    for start, end, stage, seconds in closed:
        yield instant_of(start), instant_of(end), stage, seconds


def _facts(priority, team):
    return {
        "state": "new",
        "clock": "running",
        "pending_reason": "",
        "priority": priority,
        "team": team,
        "has_responded": False,
    }


def _told(step, facts):
    match step.kind:
        case "pause":
            return {"state": "pending", "clock": "paused", "pending_reason": step.reason}
        case "resume":
            return {"state": "in_progress", "clock": "running", "pending_reason": ""}
        case "answer":
            return {"has_responded": True}
        case "resolve":
            return {"state": "resolved", "clock": "stopped", "pending_reason": "", "has_responded": True}
    raise ValueError(f"unknown step: {step.kind!r}")


def days_of(simulated, zone) -> list[tuple]:
    """(date, [(start, end) as seconds of that local day], seconds) of each day with counted time, for a drawing."""
    days = {}
    for start, end in simulated.hours:
        while start < end:
            local = start.astimezone(zone)
            midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0)
            stop = min(end, midnight.astimezone(start.tzinfo))
            at = local.hour * 3600 + local.minute * 60 + local.second
            pieces = days.setdefault(local.date(), [])
            pieces.append((at, at + int((stop - start).total_seconds())))
            start = stop
    rows = [(day, pieces, sum(end - start for start, end in pieces)) for day, pieces in sorted(days.items())]
    return rows[:DAYS_DRAWN]
