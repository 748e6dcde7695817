"""The account of a ticket's clocks, read for people: every span, who held the ticket, and how it adds up."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from accounts.models import Team
from core import clock as wall
from core.business_time import epoch_seconds, instant_of
from events.models import Event
from sla.engine import ClockState, Stage
from sla.models import Agreement, Clock, Correction, Firing, Ruling, Segment
from sla.models.calendar import compiled_calendar
from sla.selectors import escalations
from sla.selectors.chips import Chip, chip_of
from sla.selectors.histories import History
from tickets.sentences import Names, sentence
from tickets.vocabulary import PendingReason

# A span that went on for longer is shown without its single working hours.
_SPANS_SHOWN = 80


@dataclass(frozen=True)
class Line:
    """A span [start, end) in which one team held the ticket; `seconds` of it counted, in `hours` of the calendar.

    `because` says what began it, `reason` why it paused. The last line of an open clock goes on:
    `is_open`. That of a stopped one is the instant of its stop.
    """

    cycle: int
    stage: str
    start: datetime
    end: datetime
    seconds: int
    team: Team | None
    reason: str
    because: str
    actor: str
    hours: list[tuple[datetime, datetime, int]]
    is_open: bool


@dataclass(frozen=True)
class Share:
    """A team's part of the counted time, in seconds and whole percent."""

    team: Team | None
    seconds: int
    percent: int


@dataclass(frozen=True)
class Receipt:
    """One clock explained. `counted` are the seconds of its present cycle, `summands` those they are the sum of."""

    clock: Clock
    chip: Chip
    lines: list[Line]
    summands: list[int]
    counted: int
    shares: list[Share]
    firings: list[Firing]
    rulings: list[Ruling]
    corrections: list[Correction]
    escalations: list[escalations.Line]

    @property
    def zone(self) -> str:
        return self.clock.calendar_version.zone


def receipts_of(ticket, *, is_inside=True) -> list[Receipt]:
    """The receipts of a ticket's clocks, those promised to the customer first; a fixed number of queries.

    Not `is_inside`: for the requester, only what was promised to them.
    """
    clocks = Clock.objects.filter(ticket_id=ticket.pk).order_by("metric", "pk")
    if is_inside:
        clocks = clocks.select_related("team", "supplier")
    else:
        clocks = clocks.filter(kind=Agreement.Kind.SLA)
    clocks = clocks.select_related("agreement__agreement", "calendar_version__calendar")
    clocks = sorted(clocks, key=lambda clock: clock.kind != Agreement.Kind.SLA)
    by_clock = {clock.pk: clock for clock in clocks}
    kept = Segment.objects.filter(clock__in=by_clock, is_superseded=False).order_by("start_at", "id")
    tables = {
        "segments": kept,
        "firings": Firing.objects.filter(clock__in=by_clock).order_by("id"),
        "rulings": Ruling.objects.filter(clock__in=by_clock).select_related("agreement__agreement").order_by("id"),
        "corrections": Correction.objects.filter(clock__in=by_clock).select_related("cause__actor").order_by("id"),
    }
    rows = {name: _grouped(table, "clock_id") for name, table in tables.items()}
    log = escalations.lines_of(list(escalations.of_ticket(ticket))) if is_inside else []
    logged = _grouped(log, "escalation.firing.clock_id")
    story, now = _Story(ticket), wall.now()
    return [story.receipt(clock, now, escalations=logged.get(clock.pk, []), **_of(rows, clock.pk)) for clock in clocks]


class _Story:
    """What all receipts of one ticket share: its history, the words of its events, the names of its teams."""

    def __init__(self, ticket) -> None:
        self.history = History(ticket.pk)
        self.names = Names(self.history.events)
        held = {event.data["facts"]["team"] for event in self.history.events}
        self.teams = {team.pk: team for team in Team.objects.filter(pk__in=held - {None})}

    def receipt(self, clock, now, *, segments, **rows) -> Receipt:
        state = ClockState.from_dict(clock.memory)
        lines = [
            line
            for segment in segments
            for line in self._lines(
                segment.cycle,
                segment.stage,
                epoch_seconds(segment.start_at),
                epoch_seconds(segment.end_at),
                segment.calendar_version_id,
            )
        ]
        is_open = state.stage.is_open
        until = max(epoch_seconds(now), state.since) if is_open else state.since
        lines += self._lines(
            state.cycle, state.stage.value, state.since, until, clock.calendar_version_id, is_open=is_open
        )
        counting = [line for line in lines if line.cycle == state.cycle and line.seconds]
        counted = sum(line.seconds for line in counting)
        return Receipt(
            clock=clock,
            chip=chip_of(clock, now),
            lines=lines,
            summands=[line.seconds for line in counting],
            counted=counted,
            shares=_shares(counting, counted),
            **rows,
        )

    def _lines(self, cycle, stage, start, end, calendar_version, *, is_open=False):
        """The span, cut where another team came to hold the ticket."""
        cuts = self.history.handovers(start, end)
        for first, last in pairwise(cuts):
            facts, cause = self.history.facts_at(first), self.history.cause_at(first)
            seconds, hours = 0, []
            if stage == Stage.RUNNING:
                calendar = compiled_calendar(calendar_version)
                seconds = calendar.elapsed_seconds(first, last)
                hours = [(instant_of(a), instant_of(b), b - a) for a, b in calendar.span_seconds(first, last)]
            yield Line(
                cycle=cycle,
                stage=stage,
                start=instant_of(first),
                end=instant_of(last),
                seconds=seconds,
                team=self.teams.get(facts["team"]),
                reason=_reason(facts) if stage == Stage.PAUSED else "",
                because=sentence(cause, self.names) if cause else "",
                actor=_actor(cause),
                hours=hours if 1 < len(hours) <= _SPANS_SHOWN else [],
                is_open=is_open and last == end,
            )


def _reason(facts) -> str:
    reason = facts["pending_reason"]
    return str(PendingReason(reason).label) if reason else ""


def _actor(event: Event | None) -> str:
    return event.actor.display_name if event and event.actor else ""


def _shares(lines, counted):
    by_team = defaultdict(int)
    for line in lines:
        by_team[line.team] += line.seconds
    shares = sorted(by_team.items(), key=lambda share: -share[1])
    return [Share(team, seconds, round(seconds * 100 / counted)) for team, seconds in shares]


def _grouped(rows, path):
    found = defaultdict(list)
    for row in rows:
        owner = row
        for name in path.split("."):
            owner = getattr(owner, name)
        found[owner].append(row)
    return found


def _of(rows, clock_id):
    return {name: by_clock.get(clock_id, []) for name, by_clock in rows.items()}
