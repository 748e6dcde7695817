"""Risk: what the graph and the answers make of it, and who is asked for it."""

from datetime import timedelta

import pytest

from changes import services
from changes.selectors.risk import impact_of
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from tests.cast import person
from tests.changes import answers, asked, board, change_manager, granted, planned
from tests.landscape import landscape
from tickets import services as tickets

DAY = timedelta(days=1)


@pytest.fixture
def manager(cast):
    return change_manager(cast)


def steps(change):
    """(step, mode, how many are asked) of what stands."""
    stages = change.approval_rounds.get(state="open").stages.all()
    return [(stage.mode, stage.slots.count()) for stage in stages]


def test_one_of_three_hosts_fails_nothing_two_of_them_the_service(cast):
    land = landscape(cast)
    assert impact_of([land["host-1"].pk]) == (2, 0, 1)
    assert impact_of([land["host-1"].pk, land["host-2"].pk]) == (3, 1, 0)
    assert impact_of([]) == (1, 0, 0)


def test_low_risk_asks_a_colleague_of_the_team(cast, manager):
    person("he.jun", "何军", cast.xinghe, "expert", teams=[cast.network])
    change = asked(planned(cast), actor=cast.chen_hao)
    assert steps(change) == [("any", 1)]
    assert change.approval_slots.get().approver.username == "he.jun"


def test_high_risk_asks_the_manager_and_then_a_quorum_of_the_board(cast, manager):
    land = landscape(cast)
    cast.erp.criticality = 1
    cast.erp.save()
    members = [person(f"member{n}", "委员", cast.xinghe, "expert", teams=[cast.operations]) for n in range(3)]
    board(cast, *members, quorum=2)
    change = asked(planned(cast, items=[land["app"]]), actor=cast.chen_hao, option=9)
    assert change.assessment.score == 25
    assert steps(change) == [("any", 1), ("quorum", 3)]
    change = granted(change, by=manager)
    for member in members[:2]:
        assert change.state == "awaiting_approval"
        change = granted(change, by=member)
    assert change.state == "scheduled"


def test_without_a_board_that_can_decide_nobody_is_asked(cast, manager):
    land = landscape(cast)
    cast.erp.criticality = 1
    cast.erp.save()
    change = planned(cast, items=[land["app"]])
    with pytest.raises(Refused, match="no change advisory board"):
        asked(change, actor=cast.chen_hao, option=9)
    change.refresh_from_db()
    board(cast, cast.chen_hao, cast.liu_yang, quorum=1)
    with pytest.raises(Refused, match="has 0"):
        tickets.take_transition(change, "ask_approval", actor=cast.chen_hao)


def test_other_items_need_another_assessment(cast, manager):
    land = landscape(cast)
    change = tickets.take_transition(planned(cast, items=[land["host-1"]]), "submit", actor=cast.chen_hao)
    services.assess(change, actor=cast.chen_hao, answers=answers())
    items = [land["host-1"], land["host-2"]]
    change = services.plan_change(change, actor=cast.chen_hao, values={"affected_items": items})
    with pytest.raises(Refused, match="other items"):
        tickets.take_transition(change, "ask_approval", actor=cast.chen_hao)


def test_answers_left_open_and_bystanders_are_refused(cast, manager):
    change = tickets.take_transition(planned(cast), "submit", actor=cast.chen_hao)
    with pytest.raises(InvalidInput) as refused:
        services.assess(change, actor=cast.chen_hao, answers=answers() | {"tests": 99})
    assert list(refused.value.fields) == ["tests"]
    with pytest.raises(NotAllowed):
        services.assess(change, actor=cast.li_na, answers=answers())


def test_an_emergency_asks_one_of_the_authority_and_owes_its_assessment(cast, manager):
    board(cast, cast.wang_fang, cast.zhang_wei, kind="emergency", quorum=1)
    change = asked(planned(cast, type="emergency", watch_hours=0), actor=cast.chen_hao)
    assert steps(change) == [("any", 2)]
    change = tickets.take_transition(granted(change, by=cast.wang_fang), "start", actor=cast.liu_yang)
    change = tickets.take_transition(change, "finish", actor=cast.liu_yang)
    assert change.assessment_due > clock.now() + DAY
    values = {"outcome": "successful", "records": "untouched", "review_notes": "."}
    with pytest.raises(Refused, match="still owed"):
        tickets.take_transition(change, "close", actor=cast.chen_hao, values=values)
    assert services.remind_of_assessments() == 0
    with clock.travel(change.assessment_due + DAY):
        assert (services.remind_of_assessments(), services.remind_of_assessments()) == (1, 0)
        services.assess(change, actor=cast.chen_hao, answers=answers())
        assert tickets.take_transition(change, "close", actor=cast.chen_hao, values=values).state == "closed"


def test_a_board_is_kept_by_those_who_may_and_makes_sense(cast, manager):
    kept = board(cast, cast.wang_fang, cast.zhang_wei)
    values = {"name_zh": "x", "name_en": "", "kind": "cab", "organisation": None, "is_active": True}
    with pytest.raises(NotAllowed):
        services.keep_board(kept, actor=cast.zhang_wei, members=[manager], chair=manager, quorum=1, **values)
    with pytest.raises(InvalidInput) as refused:
        services.keep_board(kept, actor=manager, members=[manager], chair=cast.wang_fang, quorum=2, **values)
    assert set(refused.value.fields) == {"chair", "quorum"}
