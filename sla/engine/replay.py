"""Replay of worked cases (format 1) through the engine, and of any history in the same vocabulary."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from core.business_time import BusinessCalendar, epoch_seconds, instant_of
from sla.engine.clock import Engine
from sla.engine.metric import Metric, TicketFacts
from sla.engine.policy import ClockPolicy, Reopen, Retarget
from sla.engine.state import ClockState, CycleClosed, CycleOpened, Fact, Fired, RevisionOpened, View

Json = dict[str, Any]


def replay_file(content: Json) -> Json:
    """{case id: results} of every case. Raises ValueError, naming the case, for what cannot be read."""
    if content.get("format") != 1:
        raise ValueError(f"unknown format: {content.get('format')!r}")
    calendars = {key: calendar_of(spec) for key, spec in content["calendars"].items()}
    results: Json = {}
    for number, case in enumerate(content["cases"], start=1):
        name = case.get("id") or f"number {number}"
        if name in results:
            raise ValueError(f"case {name}: this id comes twice")
        try:
            results[name] = replay_case(case, calendars)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ValueError(f"case {name}: {error!r}") from error
    return results


def replay_case(case: Json, calendars: Mapping[str, BusinessCalendar]) -> Json:
    if case["kind"] == "arith":
        return {"results": [answer(op, calendars[op["calendar"]]) for op in case["ops"]]}
    if case["kind"] == "ticket":
        return {"metrics": {spec["name"]: replay_metric(spec, case, calendars) for spec in case["metrics"]}}
    raise ValueError(f"unknown kind of case: {case['kind']!r}")


def answer(op: Json, calendar: BusinessCalendar) -> int | str | None:
    start = parse(op["from"])
    if op["op"] == "elapsed":
        return calendar.elapsed_seconds(start, parse(op["to"]))
    if op["op"] == "add":
        return show(calendar.add_seconds(start, op["seconds"]))
    raise ValueError(f"unknown operation: {op['op']!r}")


def replay_metric(spec: Json, case: Json, calendars: Mapping[str, BusinessCalendar]) -> Json:
    """Play the case's events through one clock, reading it at every checkpoint."""
    metric = metric_of(spec)
    player = Player(metric, Engine(metric.policy, calendars))
    moments = [(parse(event["at"]), event) for event in case["events"]]
    moments.sort(key=itemgetter(0))
    batches = [(at, [event for _, event in batch]) for at, batch in groupby(moments, key=itemgetter(0))]
    checkpoints = [parse(at) for at in case["checkpoints"]]
    horizon = parse(case["horizon"])
    views: dict[int, Json] = {}
    for instant in sorted({*checkpoints, horizon}):
        while batches and batches[0][0] <= instant:
            player.play(*batches.pop(0))
        views[instant] = player.checkpoint(instant)
    player.finish(horizon)
    return {
        "checkpoints": [views[at] for at in checkpoints],
        "firings": player.firings(),
        "cycles": player.cycles(horizon),
    }


class Player:
    """One clock and the ticket facts it follows."""

    def __init__(self, metric: Metric, engine: Engine) -> None:
        self.metric = metric
        self.engine = engine
        self.ticket: TicketFacts | None = None
        self.state = ClockState()
        self.facts: list[Fact] = []

    def play(self, at: int, events: Iterable[Json]) -> None:
        situations = [situation for event in events if (situation := self.take(event)) is not None]
        self.state, facts = self.engine.apply(self.state, at, situations)
        self.facts += facts

    def take(self, event: Json) -> Any:
        """Change the ticket as the event says and look at it with the metric's eyes."""
        kind, mode, name = event["type"], None, None
        if kind == "create":
            self.ticket = TicketFacts(event["status"], event["priority"], event.get("team"))
        elif self.ticket is None:
            raise ValueError(f"{kind!r} before the ticket was created")
        elif kind == "status":
            self.ticket = replace(self.ticket, status=event["to"])
        elif kind == "priority":
            self.ticket = replace(self.ticket, priority=event["to"])
        elif kind == "assign":
            self.ticket = replace(self.ticket, team=event["team"])
        elif kind == "set_calendar":
            self.metric = self.metric.with_calendar(event["calendar"], event["to"])
            mode = Retarget(event["mode"])
        elif kind == "event":
            name = event["name"]
        else:
            raise ValueError(f"unknown event: {kind!r}")
        return self.metric.situation(self.ticket, mode=mode, event=name)

    def finish(self, horizon: int) -> None:
        """Fire what crossed up to and including the horizon."""
        self.state, facts = self.engine.advance(self.state, horizon + 1)
        self.facts += facts

    def checkpoint(self, at: int) -> Json:
        view: View = self.engine.view(self.state, at)
        return {
            "at": show(at),
            "state": view.stage.value,
            "cycle": view.cycle,
            "elapsed": view.elapsed,
            "target": view.target,
            "remaining": view.remaining,
            "due_at": show(view.due_at),
            "breached": view.breached,
        }

    def firings(self) -> list[Json]:
        return [
            {
                "cycle": fact.cycle,
                "revision": fact.revision,
                "pct": fact.mark.pct,
                "due_at": show(fact.due_at),
                "fire_at": show(fact.fire_at),
                "notify": fact.notify,
            }
            for fact in self.facts
            if isinstance(fact, Fired)
        ]

    def cycles(self, horizon: int) -> list[Json]:
        """Every cycle as it stands at the horizon."""
        starts = {fact.cycle: fact.at for fact in self.facts if isinstance(fact, CycleOpened)}
        closed = {fact.cycle: fact for fact in self.facts if isinstance(fact, CycleClosed)}
        revisions = {fact.cycle: fact.revision + 1 for fact in self.facts if isinstance(fact, RevisionOpened)}
        if self.state.stage.is_open:
            closed.pop(self.state.cycle, None)
        view = self.engine.view(self.state, horizon)
        rows = []
        for cycle, start in starts.items():
            end = closed.get(cycle)
            last = end or view
            rows.append(
                {
                    "cycle": cycle,
                    "start": show(start),
                    "end": show(end.end) if end else None,
                    "elapsed": last.elapsed,
                    "target": last.target,
                    "outcome": last.outcome.value,
                    "revisions": revisions[cycle],
                }
            )
        return rows


def calendar_of(spec: Json) -> BusinessCalendar:
    exceptions = {entry["date"]: entry["intervals"] for entry in spec.get("exceptions", ())}
    return BusinessCalendar.of(spec["tz"], spec["weekly"], exceptions)


def metric_of(spec: Json) -> Metric:
    return Metric(
        name=spec["name"],
        targets=spec["targets"],
        calendars=spec["calendars"],
        running=frozenset(spec["run_statuses"]),
        stopping=frozenset(spec["stop_statuses"]),
        stop_events=frozenset(spec["stop_events"]),
        team=spec["team"],
        policy=ClockPolicy(
            thresholds=tuple(spec["thresholds"]),
            on_retarget=Retarget(spec["on_retarget"]),
            on_reopen=Reopen(spec["on_reopen"]),
            per_assignment=spec["team"] is not None and spec["team_mode"] == "per_assignment",
        ),
    )


def parse(text: str) -> int:
    return epoch_seconds(datetime.fromisoformat(text))


def show(instant: int | None) -> str | None:
    return None if instant is None else instant_of(instant).strftime("%Y-%m-%dT%H:%M:%SZ")
