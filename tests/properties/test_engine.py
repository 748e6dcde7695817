"""The engine against a slow clock, and against the laws that make its accounts recomputable."""

import json
from itertools import groupby, pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from core.business_time import instant_of
from sla.engine import ClockState, Engine
from sla.engine.replay import Player, calendar_of, metric_of, replay_case
from tests.properties.histories import BASE, CALENDARS, LENGTH, random_events, random_metric
from tests.properties.slow_calendar import product_spec
from tests.properties.slow_clock import HORIZON, SlowClock

MINUTE = 60
INSTANTS = ("at", "due_at", "fire_at", "start", "end")
PRODUCT = {key: calendar_of(product_spec(spec)) for key, spec in CALENDARS.items()}
seeds = st.integers(0, 2**32)


def shown(minute: int | None) -> str | None:
    return None if minute is None else instant_of(BASE + minute * MINUTE).strftime("%Y-%m-%dT%H:%M:%SZ")


def told(row: dict) -> dict:
    return {key: shown(value) if key in INSTANTS else value for key, value in row.items()}


def batches(events):
    """(instant, events of that instant) in order."""
    for minute, batch in groupby(events, key=lambda pair: pair[0]):
        yield BASE + minute * MINUTE, [event for _, event in batch]


@given(seeds)
@settings(max_examples=150, deadline=None)
def test_engine_agrees_with_a_clock_that_lives_through_every_minute(seed):
    random = Random(seed)
    metric, events = random_metric(random), random_events(random)
    extra = {random.randint(0, LENGTH) for _ in range(5)}
    checkpoints = sorted({minute for minute, _ in events} | extra | {LENGTH})
    slow, readings = SlowClock(metric, CALENDARS, BASE), []
    for minute in range(LENGTH + 1):
        slow.live(minute, [event for at, event in events if at == minute])
        if minute in checkpoints:
            readings.append(slow.read(minute))
    case = {
        "id": "drawn",
        "kind": "ticket",
        "metrics": [metric],
        "events": [{"at": shown(minute), **event} for minute, event in events],
        "checkpoints": [shown(minute) for minute in checkpoints],
        "horizon": shown(LENGTH),
    }
    found = replay_case(case, PRODUCT)["metrics"]["metric"]
    for slow_row, row in zip(readings, found["checkpoints"], strict=True):
        if slow_row["due_at"] is None and slow_row["state"] not in ("paused", "not_started"):
            # The slow clock looks ahead only so far.
            assert row["due_at"] is None or row["due_at"] > shown(slow_row["at"] + HORIZON)
            row["due_at"] = None
        assert row == told(slow_row)
    assert found["firings"] == [told(row) for row in slow.firings]
    assert found["cycles"] == [told(row) for row in slow.summary(LENGTH)]


class RestlessPlayer(Player):
    """Takes every event alone, keeps its state as JSON between any two, and ticks in between."""

    def __init__(self, metric, engine, ticks):
        super().__init__(metric, engine)
        self.ticks = ticks

    def play(self, at, events):
        for event in events:
            for tick in self.ticks:
                if self.state.at <= tick <= at:
                    self.remember(self.engine.advance(self.state, tick))
            self.remember(self.engine.apply(self.state, at, [self.take(event)]))

    def remember(self, outcome):
        state, facts = outcome
        self.state = ClockState.from_dict(json.loads(json.dumps(state.as_dict())))
        self.facts += facts


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_batching_ticking_and_storing_change_nothing(seed):
    random = Random(seed)
    metric, events = metric_of(random_metric(random)), random_events(random)
    ticks = sorted(BASE + random.randint(0, LENGTH * MINUTE) for _ in range(20))
    ticks = sorted(ticks + [BASE + minute * MINUTE for minute, _ in events])
    engine = Engine(metric.policy, PRODUCT)
    calm, restless = Player(metric, engine), RestlessPlayer(metric, engine, ticks)
    for at, batch in batches(events):
        calm.play(at, batch)
        restless.play(at, batch)
    calm.finish(BASE + LENGTH * MINUTE)
    restless.finish(BASE + LENGTH * MINUTE)
    assert calm.state == restless.state
    assert calm.facts == restless.facts


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_account_always_adds_up(seed):
    random = Random(seed)
    metric = metric_of(random_metric(random))
    player = Player(metric, Engine(metric.policy, PRODUCT))
    for minute, event in random_events(random):
        player.play(BASE + minute * MINUTE, [event])
        state = player.state
        assert state.base_elapsed == sum(piece.seconds for piece in state.pieces)
        assert all(piece.start < piece.end for piece in state.pieces)
        assert all(left.end <= right.start for left, right in pairwise(state.pieces))
        assert state.next_at is None or state.stage.is_open
        assert all(
            piece.seconds == PRODUCT[piece.calendar].elapsed_seconds(piece.start, piece.end) for piece in state.pieces
        )


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_polling_exactly_at_next_at_misses_nothing(seed):
    """A sweep that wakes one second after every next_at finds the facts of the replay, and never wakes for
    nothing."""
    random = Random(seed)
    metric, events = metric_of(random_metric(random)), random_events(random)
    engine = Engine(metric.policy, PRODUCT)
    player, sweeper = Player(metric, engine), Player(metric, engine)

    def sweep(until: int) -> None:
        while sweeper.state.next_at is not None and sweeper.state.next_at < until:
            sweeper.state, facts = engine.advance(sweeper.state, sweeper.state.next_at + 1)
            assert facts
            sweeper.facts += facts

    for at, batch in batches(events):
        sweep(at)
        player.play(at, batch)
        sweeper.play(at, batch)
    sweep(BASE + LENGTH * MINUTE + 1)
    player.finish(BASE + LENGTH * MINUTE)
    assert sweeper.facts == player.facts


@given(seeds)
@settings(max_examples=100, deadline=None)
def test_a_pause_of_no_length_changes_nothing_that_is_shown(seed):
    random = Random(seed)
    spec, events = random_metric(random), random_events(random)
    metric = metric_of(spec)
    engine = Engine(metric.policy, PRODUCT)
    plain, blinking = Player(metric, engine), Player(metric, engine)
    for at, batch in batches(events):
        plain.play(at, batch)
        blinking.play(at, batch)
        status = plain.ticket.status
        if status in ("new", "open") and plain.state.stage.is_open:
            blink = [{"type": "status", "to": "pending_customer"}, {"type": "status", "to": status}]
            blinking.play(at, blink)
        assert blinking.checkpoint(at) == plain.checkpoint(at)
    for player in (plain, blinking):
        player.finish(BASE + LENGTH * MINUTE)
    assert blinking.firings() == plain.firings()
    assert blinking.cycles(BASE + LENGTH * MINUTE) == plain.cycles(BASE + LENGTH * MINUTE)
