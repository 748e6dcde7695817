"""Approval: modes, steps, added and handed-over votes, absence, voided rounds, people who are gone."""

from datetime import timedelta

import pytest

from accounts import services as accounts
from accounts.models import Role
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events.models import Event
from tests.cast import person
from tickets.models import ApprovalRound, ApprovalSlot, Ticket
from tickets.services import approving
from tickets.services.approving import Stage

SCOPE = {"item": "laptop", "price": 8000}


@pytest.fixture
def four(cast):
    return [person(f"boss{n}", f"主管{n}", cast.xinghe, Role.REQUESTER) for n in range(4)]


def ask(incident, *stages, actor=None):
    return approving.ask(incident, stages, scope=SCOPE, actor=actor or incident.requester)


def slot_of(round, who):
    return ApprovalSlot.objects.counting().get(stage__round=round, approver=who)


def states(round):
    rows = ApprovalSlot.objects.filter(stage__round=round).order_by("stage__position", "pk")
    return [(slot.approver.username, slot.state) for slot in rows.select_related("approver")]


def names():
    return list(Event.objects.filter(name__startswith="approval.").values_list("name", flat=True))


def say(round, who, approve=True, reason="no budget"):
    return approving.decide(slot_of(round, who), actor=who, approve=approve, reason="" if approve else reason)


def state_of(round):
    return ApprovalRound.objects.get(pk=round.pk).state


def test_steps_are_asked_one_after_the_other_and_end_in_a_grant(cast, incident, four):
    round = ask(incident, Stage("Manager", "all", four[:1]), Stage("Finance", "any", four[1:3]))
    assert states(round) == [("boss0", "asked"), ("boss1", "waiting"), ("boss2", "waiting")]
    with pytest.raises(Refused, match="not your turn yet"):
        say(round, four[1])
    say(round, four[0])
    assert state_of(round) == "open"
    say(round, four[2])
    assert state_of(round) == "granted"
    assert states(round) == [("boss0", "approved"), ("boss1", "not_needed"), ("boss2", "approved")]
    assert names() == ["approval.requested", "approval.decided", "approval.requested", "approval.decided",
                       "approval.granted"]  # fmt: skip


def test_people_of_a_serial_stage_are_asked_one_by_one(cast, incident, four):
    round = ask(incident, Stage("Line", "serial", four))
    for n, boss in enumerate(four):
        assert [state for _, state in states(round)] == ["approved"] * n + ["asked"] + ["waiting"] * (3 - n)
        say(round, boss)
    assert state_of(round) == "granted"


def test_a_rejection_needs_a_reason_and_ends_a_stage_of_everybody(cast, incident, four):
    round = ask(incident, Stage("All", "all", four[:3]), Stage("Later", "all", four[3:]))
    with pytest.raises(InvalidInput) as refusal:
        say(round, four[0], False, reason="  ")
    assert refusal.value.fields["reason"] == ["Say why."]
    say(round, four[0])
    say(round, four[1], False)
    assert state_of(round) == "rejected"
    assert [state for _, state in states(round)] == ["approved", "rejected", "not_needed", "not_needed"]
    with pytest.raises(Refused, match="decided without your vote"):
        say(round, four[2])


def test_one_rejection_leaves_any_one_of_the_others_the_word(cast, incident, four):
    round = ask(incident, Stage("Any", "any", four[:2]))
    say(round, four[0], False)
    assert state_of(round) == "open"
    say(round, four[1])
    assert state_of(round) == "granted"


def test_a_share_is_rounded_up_and_ends_early_either_way(cast, incident, four):
    round = ask(incident, Stage("Half", "percentage", four[:3], 50))
    say(round, four[0])
    assert state_of(round) == "open"
    say(round, four[1])
    assert state_of(round) == "granted"
    again = ask(incident, Stage("Half", "percentage", four[:3], 50))
    say(again, four[0], False)
    say(again, four[1], False)
    assert state_of(again) == "rejected"


@pytest.mark.parametrize("stage", [
    Stage("nobody", "all", ()), Stage("?", "majority", ("x",)), Stage("?", "all", ("x",), 50),
    Stage("?", "percentage", ("x",)), Stage("?", "percentage", ("x",), 101),
])  # fmt: skip
def test_a_step_that_makes_no_sense_is_refused(cast, incident, stage):
    with pytest.raises(InvalidInput):
        ask(incident, stage)
    with pytest.raises(InvalidInput):
        ask(incident)


def test_only_the_person_asked_decides_and_only_once(cast, incident, four):
    round = ask(incident, Stage("Manager", "all", four[:2]))
    for other in (four[1], cast.admin, cast.zhang_wei):
        with pytest.raises(NotAllowed):
            approving.decide(slot_of(round, four[0]), actor=other, approve=True)
    say(round, four[0])
    with pytest.raises(Refused, match="Boss0 has already approved this"):
        say(round, four[0], False)


def test_nobody_decides_on_their_own_request(cast, incident):
    round = ask(incident, Stage("Myself", "all", [cast.li_na]))
    slot = slot_of(round, cast.li_na)
    assert slot.is_stuck
    with pytest.raises(NotAllowed, match="asked for themselves"):
        approving.decide(slot, actor=cast.li_na, approve=True)
    assert Event.objects.filter(name="approval.stuck").get().data["approvers"] == [cast.li_na.pk]


def test_ones_own_vote_goes_up_the_line_at_once(cast, incident, four):
    cast.li_na.manager = four[0]
    cast.li_na.save()
    four[0].is_active = False
    four[0].manager = four[1]
    four[0].save()
    round = ask(incident, Stage("Myself", "all", [cast.li_na]))
    assert states(round) == [("li.na", "passed_on"), ("boss1", "asked")]
    passed_on = ApprovalSlot.objects.get(approver=cast.li_na)
    assert passed_on.decided_by is None
    assert slot_of(round, four[1]).handed_over_from == passed_on


def test_a_substitute_decides_during_the_absence_and_the_trail_says_for_whom(cast, incident, four):
    now = clock.now()
    boss, other = four[:2]
    accounts.arrange_absence(boss, other, from_at=now, until_at=now + timedelta(days=2), actor=boss)
    round = ask(incident, Stage("Manager", "all", [boss]))
    assert Ticket.objects.visible_to(other).filter(pk=incident.pk).exists()
    with clock.travel(now + timedelta(days=3)):
        assert not Ticket.objects.visible_to(other).filter(pk=incident.pk).exists()
        with pytest.raises(NotAllowed):
            approving.decide(slot_of(round, boss), actor=other, approve=True)
    slot = approving.decide(slot_of(round, boss), actor=other, approve=True)
    assert (slot.acted_for, slot.decided_by) == (boss, other)
    assert state_of(round) == "granted"


def test_a_requester_who_stands_in_cannot_approve_their_own(cast, incident, four):
    now = clock.now()
    accounts.arrange_absence(four[0], cast.li_na, from_at=now, until_at=now + timedelta(days=2), actor=four[0])
    round = ask(incident, Stage("Manager", "all", four[:1]))
    with pytest.raises(NotAllowed, match="asked for themselves"):
        approving.decide(slot_of(round, four[0]), actor=cast.li_na, approve=True)


def test_somebody_beside_me_votes_in_the_same_step(cast, incident, four):
    round = ask(incident, Stage("Manager", "all", four[:1]), Stage("Finance", "all", four[2:3]))
    added = approving.add_approver(slot_of(round, four[0]), four[1], actor=four[0])
    assert added.added_by == four[0]
    say(round, four[0])
    assert slot_of(round, four[2]).state == "waiting"
    say(round, four[1])
    assert slot_of(round, four[2]).state == "asked"


def test_somebody_after_me_comes_between_the_steps(cast, incident, four):
    round = ask(incident, Stage("Manager", "any", four[:2]), Stage("Finance", "all", four[2:3]))
    approving.add_approver(slot_of(round, four[0]), four[3], actor=four[0], place="after")
    say(round, four[1])
    assert [state for _, state in states(round)] == ["not_needed", "approved", "asked", "waiting"]
    say(round, four[3])
    assert slot_of(round, four[2]).state == "asked"


def test_somebody_before_me_is_asked_first_and_then_i_am_asked_again(cast, incident, four):
    round = ask(incident, Stage("Manager", "all", four[:1]))
    approving.add_approver(slot_of(round, four[0]), four[1], actor=four[0], place="before")
    assert states(round) == [("boss1", "asked"), ("boss0", "waiting")]
    with pytest.raises(Refused, match="not your turn"):
        say(round, four[0])
    say(round, four[1])
    say(round, four[0])
    assert state_of(round) == "granted"


def test_nobody_is_added_twice_nor_without_a_say(cast, incident, four):
    round = ask(incident, Stage("Manager", "all", four[:2]))
    for who in (four[1], cast.li_na):
        with pytest.raises(InvalidInput):
            approving.add_approver(slot_of(round, four[0]), who, actor=four[0])
    with pytest.raises(NotAllowed):
        approving.add_approver(slot_of(round, four[0]), four[3], actor=cast.zhang_wei)


def test_a_vote_handed_over_keeps_its_trail(cast, incident, four):
    round = ask(incident, Stage("Manager", "all", four[:1]))
    with pytest.raises(InvalidInput):
        approving.hand_over(slot_of(round, four[0]), four[1], actor=four[0], reason="")
    new = approving.hand_over(slot_of(round, four[0]), four[1], actor=four[0], reason="her budget")
    assert states(round) == [("boss0", "passed_on"), ("boss1", "asked")]
    assert (new.handed_over_from.reason, new.handed_over_from.decided_by) == ("her budget", four[0])
    with pytest.raises(Refused, match="handed over"):
        approving.decide(new.handed_over_from, actor=four[0], approve=True)
    approving.hand_over(new, four[0], actor=four[1], reason="no, yours")
    say(round, four[0])
    assert state_of(round) == "granted"


def test_deactivated_approvers_votes_go_to_their_manager(cast, incident, four, deliver):
    four[0].manager = four[2]
    four[0].save()
    round = ask(incident, Stage("Manager", "all", four[:2]), Stage("Again", "all", four[:1]))
    accounts.deactivate(four[0], actor=cast.admin)
    deliver()
    assert states(round) == [("boss0", "passed_on"), ("boss1", "asked"), ("boss2", "asked"), ("boss0", "passed_on"),
                             ("boss2", "waiting")]  # fmt: skip
    requested = Event.objects.filter(name="approval.requested").last()
    assert requested.data["approvers"] == [four[2].pk]


def test_a_manager_who_is_asked_already_votes_once(cast, incident, four, deliver):
    four[0].manager = four[1]
    four[0].save()
    round = ask(incident, Stage("Manager", "all", four[:2]))
    accounts.deactivate(four[0], actor=cast.admin)
    deliver()
    say(round, four[1])
    assert state_of(round) == "granted"


def test_a_manager_of_the_desk_hands_over_what_is_stuck_and_nothing_else(cast, incident, four, deliver):
    round = ask(incident, Stage("Manager", "all", four[:1]))
    with pytest.raises(NotAllowed):
        approving.hand_over(slot_of(round, four[0]), four[1], actor=cast.wang_fang, reason="quicker")
    accounts.deactivate(four[0], actor=cast.admin)
    deliver()
    assert slot_of(round, four[0]).is_stuck
    with pytest.raises(NotAllowed):
        approving.hand_over(slot_of(round, four[0]), four[1], actor=cast.zhang_wei, reason="left")
    approving.hand_over(slot_of(round, four[0]), four[1], actor=cast.wang_fang, reason="left the company")
    say(round, four[1])
    assert state_of(round) == "granted"


def test_another_scope_voids_what_was_granted_and_the_same_one_does_not(cast, incident, four):
    round = ask(incident, Stage("Manager", "all", four[:1]))
    say(round, four[0])
    assert not approving.void_if_changed(incident, {"price": 8000, "item": "laptop"})
    assert state_of(round) == "granted"
    assert approving.void_if_changed(incident, {**SCOPE, "price": 9000}, reason="dearer")
    assert state_of(round) == "voided"
    assert Event.objects.get(name="approval.voided").data["why"] == "changed"
    assert not approving.void_if_changed(incident, {**SCOPE, "price": 9000})


def test_asking_again_voids_the_old_round_and_its_votes(cast, incident, four):
    old = ask(incident, Stage("Manager", "all", four[:2]))
    new = ask(incident, Stage("Manager", "all", four[:2]))
    assert (state_of(old), state_of(new)) == ("voided", "open")
    with pytest.raises(Refused, match="changed or was withdrawn"):
        approving.decide(ApprovalSlot.objects.filter(stage__round=old)[0], actor=four[0], approve=True)
    assert approving.void(incident, actor=cast.li_na)
    assert not approving.void(incident, actor=cast.li_na)
