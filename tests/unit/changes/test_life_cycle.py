"""A change on its way: what each type may do, what is in the way, and when approvals fall."""

from datetime import timedelta

import pytest

from changes import services
from changes.services.scheduling import obstacles
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused, Stale
from events.models import Event
from tests.changes import asked, change_manager, granted, planned
from tickets import services as tickets
from tickets.services import approving

HOUR = timedelta(hours=1)


@pytest.fixture
def manager(cast):
    return change_manager(cast)


@pytest.fixture
def scheduled(cast, manager):
    return granted(asked(planned(cast), actor=cast.chen_hao), by=manager)


def names(change):
    return list(Event.objects.filter(subject_kind="ticket", subject_id=change.pk).values_list("name", flat=True))


def test_a_normal_change_goes_the_full_way(cast, scheduled):
    change = scheduled
    assert change.state == "scheduled" and change.number.startswith("CHG")
    with clock.travel(change.planned_start + HOUR):
        change = tickets.take_transition(change, "start", actor=cast.liu_yang)
        change = tickets.take_transition(change, "finish", actor=cast.liu_yang)
    with clock.travel(change.watch_until):
        values = {"outcome": "successful", "records": "untouched", "review_notes": "Went as planned"}
        change = tickets.take_transition(change, "close", actor=cast.chen_hao, values=values)
    assert change.state == "closed" and change.outcome == "successful" and not change.is_open
    assert change.actual_start == change.actual_end == change.planned_start + HOUR
    assert "change.scheduled" in names(change)


def test_it_does_not_begin_outside_its_window(cast, scheduled):
    with pytest.raises(Refused, match="not begun"):
        tickets.take_transition(scheduled, "start", actor=cast.liu_yang)
    with clock.travel(scheduled.planned_end + HOUR), pytest.raises(Refused, match="over"):
        tickets.take_transition(scheduled, "start", actor=cast.liu_yang)


@pytest.mark.parametrize("lacking", ["plan", "rollback_plan"])
def test_nobody_is_asked_for_what_is_not_written(cast, manager, lacking):
    with pytest.raises(Refused, match="Still missing"):
        asked(planned(cast, **{lacking: ""}), actor=cast.chen_hao)


def test_without_test_evidence_it_is_approved_and_stays_out_of_the_calendar(cast, manager):
    change = granted(asked(planned(cast, test_evidence=""), actor=cast.chen_hao), by=manager)
    assert change.state == "awaiting_approval" and change.is_approved
    assert [obstacle.kind for obstacle in obstacles(change)] == ["test_evidence"]
    with pytest.raises(Refused, match="test evidence"):
        tickets.take_transition(change, "schedule", actor=cast.chen_hao)
    change = services.plan_change(change, actor=cast.chen_hao, values={"test_evidence": "Tried"})
    assert change.is_approved, "evidence is no part of what was approved"
    assert tickets.take_transition(change, "schedule", actor=cast.chen_hao).state == "scheduled"


@pytest.mark.parametrize("moved", ["plan", "planned_end", "affected_items"])
def test_another_scope_loses_its_approvals(cast, scheduled, moved):
    value = {
        "plan": "Something else", "planned_end": scheduled.planned_end + HOUR, "affected_items": [],
    }[moved]  # fmt: skip
    if moved == "affected_items":
        tickets.edit(scheduled, actor=cast.chen_hao, changes={moved: value, "service": cast.erp})
        scheduled.refresh_from_db()
    else:
        scheduled = services.plan_change(scheduled, actor=cast.chen_hao, values={moved: value})
    assert scheduled.state == "assessing" and not scheduled.is_approved
    assert scheduled.approval_rounds.get().state == "voided"


def test_another_title_or_coordinator_keeps_them(cast, scheduled):
    values = {"title": "Patch host 1 tonight", "assignee": cast.chen_hao}
    assert services.plan_change(scheduled, actor=cast.chen_hao, values=values).state == "scheduled"


def test_nobody_approves_what_they_carry_out_or_ask_for(cast, manager):
    with pytest.raises(Refused, match="Nobody can approve"):
        asked(planned(cast, implementer=manager), actor=cast.chen_hao)
    second = change_manager(cast, "he.jun", "何军")
    change = asked(planned(cast, actor=second, items=[cast.erp], implementer=cast.liu_yang), actor=second)
    slot = change.approval_slots.get()
    assert slot.approver == cast.chen_hao, "the only colleague who supports it"
    with pytest.raises(NotAllowed, match="asked for themselves"):
        approving.decide(slot, actor=second, approve=True)
    with pytest.raises(NotAllowed, match="carry out themselves"):
        approving.decide(slot, actor=cast.liu_yang, approve=True)
    with pytest.raises(InvalidInput, match="marked") as refused:
        approving.hand_over(slot, cast.liu_yang, actor=cast.chen_hao, reason="away")
    assert "carry out" in refused.value.fields["person"][0]
    with pytest.raises(InvalidInput) as refused:
        services.plan_change(change, actor=second, values={"implementer": cast.chen_hao})
    assert "somebody else has to carry it out" in refused.value.fields["implementer"][0]


def test_a_rejected_one_is_a_draft_again_with_the_reason(cast, manager):
    change = asked(planned(cast), actor=cast.chen_hao)
    approving.decide(change.approval_slots.get(), actor=manager, approve=False, reason="Not in quarter end")
    change.refresh_from_db()
    event = Event.objects.get(subject_id=change.pk, name="change.rejected")
    assert change.state == "draft" and event.data["values"]["reason"] == "Not in quarter end"


def test_a_cancelled_one_takes_no_more_votes(cast, manager):
    change = asked(planned(cast), actor=cast.chen_hao)
    slot = change.approval_slots.get()
    tickets.take_transition(change, "cancel", actor=cast.chen_hao, values={"reason": "Not needed"})
    with pytest.raises(Refused, match="withdrawn"):
        approving.decide(slot, actor=manager, approve=True)
    change.refresh_from_db()
    assert change.state == "cancelled"


def test_an_emergency_is_started_as_soon_as_it_is_approved(cast, manager):
    change = planned(cast, type="emergency", planned_start=None, planned_end=None, test_evidence="")
    with pytest.raises(Refused, match="straight to approval"):
        tickets.take_transition(change, "submit", actor=cast.chen_hao)
    change = asked(change, actor=cast.chen_hao)
    with pytest.raises(Refused, match="not approved yet"):
        tickets.take_transition(change, "start", actor=cast.liu_yang)
    change = granted(change, by=manager)
    assert change.state == "awaiting_approval"
    assert tickets.take_transition(change, "start", actor=cast.liu_yang).state == "implementing"


def test_what_was_backed_out_is_not_called_successful(cast, scheduled):
    with clock.travel(scheduled.planned_start):
        change = tickets.take_transition(scheduled, "start", actor=cast.liu_yang)
        change = tickets.take_transition(change, "back_out", actor=cast.liu_yang, values={"reason": "It does not boot"})
        assert (change.state, change.outcome) == ("rolled_back", "rolled_back")
        change = tickets.take_transition(change, "finish", actor=cast.liu_yang)
    with clock.travel(change.watch_until):
        values = {"outcome": "successful", "records": "untouched", "review_notes": "."}
        with pytest.raises(InvalidInput):
            tickets.take_transition(change, "close", actor=cast.chen_hao, values=values)
        values["outcome"] = "rolled_back"
        assert tickets.take_transition(change, "close", actor=cast.chen_hao, values=values).state == "closed"


def test_dates_that_make_no_window_are_refused_by_field(cast):
    change = planned(cast)
    for values, field in (
        ({"planned_end": change.planned_start}, "planned_end"),
        ({"planned_end": None}, "planned_end"),
        ({"planned_start": clock.now() - 3 * HOUR, "planned_end": clock.now() - HOUR}, "planned_end"),
    ):
        with pytest.raises(InvalidInput) as refused:
            services.plan_change(change, actor=cast.chen_hao, values=values)
        assert list(refused.value.fields) == [field]


def test_two_people_at_once_the_second_is_told(cast):
    change = planned(cast)
    version = change.version
    services.plan_change(change, actor=cast.chen_hao, values={"title": "One"}, version=version)
    with pytest.raises(Stale):
        services.plan_change(change, actor=cast.zhang_wei, values={"title": "Two"}, version=version)


def test_who_may_not(cast, scheduled):
    with pytest.raises(NotAllowed):
        services.open_change(actor=cast.li_na, title="x")
    with clock.travel(scheduled.planned_start), pytest.raises(NotAllowed):
        tickets.take_transition(scheduled, "start", actor=cast.wang_fang)


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("normal", ["draft", "assessing", "awaiting_approval", "scheduled", "implementing", "review", "closed"]),
        ("emergency", ["draft", "awaiting_approval", "implementing", "review", "closed"]),
    ],
)
def test_a_change_shows_only_the_states_that_its_type_passes(cast, kind, way):
    change = planned(cast, type=kind)
    assert [state.key for state, _where in change.stages] == way
    assert [state.key for state, _where in change.ticket_ptr.stages] == way
