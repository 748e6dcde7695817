"""The engine on worked cases of its specification, and at the edges no case file reaches.

``tests/data/sla/cases.json`` holds worked cases of the rules S1 to S16; most name the public fault report of
another product that they come from in ``source``.
"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from core.business_time import BusinessCalendar
from sla.engine import (
    BREACH,
    ClockPolicy,
    ClockState,
    CycleClosed,
    Engine,
    Fired,
    Mark,
    Outcome,
    OutOfOrder,
    Phase,
    Reopen,
    Retarget,
    Situation,
    SpanClosed,
    Stage,
)
from sla.engine.replay import calendar_of, replay_case, replay_file

CASES = json.loads((Path(__file__).parents[2] / "data" / "sla" / "cases.json").read_text())
CALENDARS = {key: calendar_of(spec) for key, spec in CASES["calendars"].items()}
ALWAYS = {"always": BusinessCalendar.of("UTC", {day: [("00:00", "24:00")] for day in range(1, 8)})}
START = 1_717_400_000
RUN = Situation(Phase.RUN, 1000, "always")
PAUSE = Situation(Phase.PAUSE, 1000, "always")
STOP = Situation(Phase.STOP, 1000, "always")


def engine(**policy) -> Engine:
    return Engine(ClockPolicy(**policy), ALWAYS)


def fired(facts) -> list[tuple[int, int, int, bool]]:
    return [
        (fact.revision, fact.mark.pct, fact.fire_at - START, fact.notify) for fact in facts if isinstance(fact, Fired)
    ]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["id"])
def test_worked_case_gives_exactly_its_result(case):
    assert replay_case(case, CALENDARS) == case["expect"]


def test_file_of_another_format_is_refused():
    with pytest.raises(ValueError, match="format"):
        replay_file({"format": 2, "calendars": {}, "cases": []})


def test_crossing_at_the_horizon_itself_is_told():
    case = {
        "kind": "ticket",
        "metrics": [
            {
                "name": "resolution", "targets": {"P1": 7200}, "calendars": {"*": "always"},
                "run_statuses": ["open"], "stop_statuses": ["resolved"], "stop_events": [], "team": None,
                "team_mode": "cumulative", "thresholds": [100], "on_retarget": "carry", "on_reopen": "resume",
            }
        ],
        "events": [
            {"at": "2024-06-03T10:00:00Z", "type": "create", "status": "open", "priority": "P1", "team": None}
        ],
        "checkpoints": ["2024-06-03T11:59:59Z", "2024-06-03T12:00:00Z"],
        "horizon": "2024-06-03T12:00:00Z",
    }  # fmt: skip
    found = replay_case(case, ALWAYS)["metrics"]["resolution"]
    assert [row["breached"] for row in found["checkpoints"]] == [False, True]
    assert [row["fire_at"] for row in found["firings"]] == ["2024-06-03T12:00:00Z"]
    assert found["cycles"][0]["outcome"] == "open_breached"


def test_stop_in_a_later_call_at_the_same_instant_still_meets_the_deadline():
    clock = engine()
    state, _ = clock.apply(None, START, [RUN])
    state, facts = clock.apply(state, START + 1000, [PAUSE])
    assert fired(facts) == [(0, 50, 500, True), (0, 75, 750, True), (0, 90, 900, True)]
    assert clock.view(state, START + 1000).breached
    state, facts = clock.apply(state, START + 1000, [STOP])
    assert state.outcome is Outcome.MET
    assert fired(clock.advance(state, START + 5000)[1]) == []


def test_event_at_an_instant_already_judged_is_refused():
    clock = engine()
    state, _ = clock.apply(None, START, [RUN])
    state, _ = clock.advance(state, START + 501)
    with pytest.raises(OutOfOrder):
        clock.apply(state, START + 500, [STOP])
    with pytest.raises(OutOfOrder):
        clock.apply(state, START - 1, [STOP])
    assert clock.apply(state, START + 501, [STOP])[0].outcome is Outcome.MET


def test_revision_of_zero_length_neither_fires_nor_rearms():
    clock = engine(thresholds=(50, 100))
    state, _ = clock.apply(None, START, [RUN])
    state, _ = clock.advance(state, START + 1500)
    longer = Situation(Phase.RUN, 10_000, "always")
    state, facts = clock.apply(state, START + 2000, [longer, RUN])
    assert (state.revision, fired(facts)) == (2, [])
    assert fired(clock.advance(state, START + 9000)[1]) == []


def test_crossing_in_the_second_of_a_retarget_belongs_to_the_new_revision():
    clock = engine(thresholds=(50, 100))
    state, _ = clock.apply(None, START, [RUN])
    state, facts = clock.apply(state, START + 500, [Situation(Phase.RUN, 800, "always")])
    assert fired(facts) == []
    _, facts = clock.advance(state, START + 801)
    assert fired(facts) == [(1, 50, 500, True), (1, 100, 800, True)]
    assert [fact.due_at - START for fact in facts if isinstance(fact, Fired)] == [400, 800]


def test_clock_without_target_counts_but_polls_nothing():
    clock = engine()
    state, _ = clock.apply(None, START, [Situation(Phase.RUN, None, "always")])
    view = clock.view(state, START + 70)
    assert (view.elapsed, view.remaining, view.due_at, state.next_at) == (70, None, None, None)
    state, _ = clock.apply(state, START + 80, [Situation(Phase.CANCEL, None, "always")])
    assert (state.stage, state.outcome) == (Stage.CANCELLED, Outcome.NOT_APPLICABLE)


def test_target_of_nothing_is_due_at_once():
    clock = engine()
    state, _ = clock.apply(None, START, [Situation(Phase.RUN, 0, "always")])
    assert (state.due_at, state.next_at, state.next_mark) == (START, START, BREACH)
    assert fired(clock.advance(state, START + 1)[1])[-1] == (0, 100, 0, True)


def test_cancelled_after_its_deadline_keeps_the_breach_in_sight():
    clock = engine()
    state, _ = clock.apply(None, START, [RUN])
    state, _ = clock.apply(state, START + 1200, [Situation(Phase.CANCEL, 1000, "always")])
    view = clock.view(state, START + 9999)
    assert (view.stage, view.outcome, view.breached, view.elapsed) == (
        Stage.CANCELLED,
        Outcome.CANCELLED,
        True,
        1200,
    )


def test_continuous_reopening_of_a_team_metric_counts_only_its_team():
    clock = engine(on_reopen=Reopen.CONTINUOUS)
    state, _ = clock.apply(None, START, [RUN])
    state, _ = clock.apply(state, START + 100, [STOP])
    state, _ = clock.apply(state, START + 150, [replace(STOP, held=False)])
    state, _ = clock.apply(state, START + 250, [STOP])
    state, _ = clock.apply(state, START + 300, [RUN])
    assert clock.view(state, START + 310).elapsed == 100 + 50 + 50 + 10


def test_continuous_reopening_with_carry_counts_the_stop_by_the_old_calendar():
    calendars = {**ALWAYS, "never": BusinessCalendar.of("UTC", {})}
    clock = Engine(ClockPolicy(on_reopen=Reopen.CONTINUOUS, on_retarget=Retarget.CARRY), calendars)
    state, _ = clock.apply(None, START, [RUN])
    state, _ = clock.apply(state, START + 100, [STOP])
    state, _ = clock.apply(state, START + 300, [Situation(Phase.RUN, 1000, "never")])
    assert clock.view(state, START + 900).elapsed == 300
    assert (state.due_at, state.next_at) == (None, None)


def test_final_metric_stays_stopped_whatever_happens():
    clock = engine(on_reopen=Reopen.FINAL, on_retarget=Retarget.RESTART)
    state, _ = clock.apply(None, START, [RUN])
    state, facts = clock.apply(state, START + 100, [replace(RUN, stops=True)])
    assert [fact.outcome for fact in facts if isinstance(fact, CycleClosed)] == [Outcome.MET]
    for phase in (Phase.STOP, Phase.RUN, Phase.PAUSE):
        state, facts = clock.apply(state, START + 200, [Situation(phase, 5, "always")])
        assert (state.stage, state.target, facts) == (Stage.STOPPED, 1000, [])


def test_ticket_logged_already_solved_is_met_at_once():
    state, _ = engine().apply(None, START, [STOP])
    assert (state.cycle, state.stage, state.outcome) == (1, Stage.STOPPED, Outcome.MET)


def test_every_closed_span_is_told_with_its_seconds():
    clock = engine()
    state, told = None, []
    for after, situation in ((0, RUN), (100, PAUSE), (400, RUN), (450, STOP)):
        state, facts = clock.apply(state, START + after, [situation])
        told += [
            (fact.stage, fact.start - START, fact.end - START, fact.seconds)
            for fact in facts
            if isinstance(fact, SpanClosed)
        ]
    assert told == [
        (Stage.RUNNING, 0, 100, 100),
        (Stage.PAUSED, 100, 400, 0),
        (Stage.RUNNING, 400, 450, 50),
    ]


def test_state_survives_a_row():
    clock = engine()
    state, _ = clock.apply(None, START, [RUN])
    state, _ = clock.apply(state, START + 600, [PAUSE])
    assert ClockState.from_dict(json.loads(json.dumps(state.as_dict()))) == state


def test_thresholds_are_sorted_and_positive():
    assert ClockPolicy(thresholds=(100, 50, 100)).thresholds == (Mark(50), Mark(100))
    with pytest.raises(ValueError, match="positive"):
        ClockPolicy(thresholds=(0, 50))
