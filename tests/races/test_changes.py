"""Two people at one instant on one change: whoever comes second finds what the first one did, and nothing is half."""

from datetime import timedelta

import pytest

from accounts.models import User
from changes import services as changes
from changes.models import BoardMeeting, Change
from core import clock
from core.errors import Refused
from events.models import Event
from tests.cast import person
from tests.changes import asked, board, change_manager, granted, planned
from tests.landscape import landscape
from tests.races.together import together
from tickets import services as tickets
from tickets.models import ApprovalRound, Task
from tickets.services import approving, tasks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def members(cast):
    people = [person(f"member{n}", f"委员{n}", cast.xinghe, "expert", teams=[cast.operations]) for n in range(3)]
    board(cast, *people, quorum=2)
    return people


@pytest.fixture
def waiting(cast, members):
    """A risky change whose approval has come to the board, which needs two of three."""
    land, manager = landscape(cast), change_manager(cast)
    cast.erp.criticality = 1
    cast.erp.save()
    change = asked(planned(cast, items=[land["app"]], implementer=cast.zhang_wei), actor=cast.chen_hao, option=9)
    return granted(change, by=manager)


def vote(change, who):
    return approving.decide(change.approval_slots.asked().get(approver=who), actor=who, approve=True)


def refused(outcomes):
    """What was refused; anything else that went wrong is a failure."""
    wrong = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert not wrong, wrong
    return [one for one in outcomes if isinstance(one, Refused)]


def happened(change, name):
    return Event.objects.filter(subject_id=change.pk, name=name).count()


def standing(change):
    return list(ApprovalRound.objects.filter(ticket=change.pk, state__in=("open", "granted")))


def test_the_votes_that_make_the_quorum_at_once_schedule_it_once(waiting, members):
    assert not refused(together(2, lambda n: vote(waiting, members[n])))
    waiting.refresh_from_db()
    assert waiting.state == "scheduled"
    assert (happened(waiting, "approval.granted"), happened(waiting, "change.scheduled")) == (1, 1)


def test_of_three_votes_at_once_the_one_that_is_not_needed_is_told_so(waiting, members):
    outcomes = together(3, lambda n: vote(waiting, members[n]))
    assert len([one for one in outcomes if isinstance(one, Exception)]) == 1, outcomes
    assert happened(waiting, "change.scheduled") == 1


@pytest.mark.parametrize("other", [{"plan": "Another way"}, {"planned_end": None}], ids=["plan", "dates"])
def test_no_vote_carries_a_change_of_another_scope_into_the_calendar(cast, waiting, members, other):
    vote(waiting, members[0])
    if "planned_end" in other:
        other = {"planned_end": waiting.planned_end + timedelta(hours=1)}

    def act(n):
        if n:
            return changes.plan_change(waiting, actor=cast.chen_hao, values=other)
        return vote(waiting, members[1])

    together(2, act)
    waiting.refresh_from_db()
    assert waiting.state == "assessing" and not standing(waiting) and not waiting.approval_slots.asked().exists()


def test_what_is_cancelled_while_it_is_approved_stays_cancelled(cast, waiting, members):
    vote(waiting, members[0])

    def act(n):
        if n:
            return tickets.take_transition(waiting, "cancel", actor=cast.chen_hao, values={"reason": "Not needed"})
        return vote(waiting, members[1])

    together(2, act)
    waiting.refresh_from_db()
    assert waiting.state == "cancelled" and not standing(waiting) and not waiting.approval_slots.asked().exists()


def test_nobody_becomes_implementer_and_approver_at_once(cast, waiting, members):
    other = person("other.expert", "旁人", cast.xinghe, "expert", teams=[cast.operations])

    def act(n):
        if n:
            return changes.plan_change(waiting, actor=cast.chen_hao, values={"implementer": other})
        slot = waiting.approval_slots.asked().get(approver=members[0])
        return approving.hand_over(slot, other, actor=members[0], reason="You know it better")

    assert len(refused(together(2, act))) == 1
    waiting.refresh_from_db()
    is_asked = waiting.approval_slots.asked().filter(approver=other).exists()
    assert is_asked != (waiting.implementer_id == other.pk)


def test_two_who_schedule_one_change_put_it_there_once(cast, waiting, members):
    Change.objects.filter(pk=waiting.pk).update(test_evidence="")
    for member in members[:2]:
        vote(waiting, member)
    changes.plan_change(waiting, actor=cast.chen_hao, values={"test_evidence": "Done"})
    outcomes = together(2, lambda n: tickets.take_transition(waiting, "schedule", actor=cast.chen_hao))
    assert len(refused(outcomes)) == 1 and happened(waiting, "change.scheduled") == 1


@pytest.fixture
def in_work(cast, waiting, members):
    """In work, with one step to do and one step back."""
    changes.plan_change(waiting, actor=cast.chen_hao, values={"steps": "Patch it", "back_out_steps": "Restore it"})
    change = Change.objects.get(pk=waiting.pk)
    changes.assess(change, actor=cast.chen_hao, answers=change.assessments.first().answers)
    change = tickets.take_transition(change, "ask_approval", actor=cast.chen_hao)
    change = granted(change, by=User.objects.get(username="sun.li"))
    for member in members[:2]:
        vote(change, member)
    change.refresh_from_db()
    with clock.travel(change.planned_start + MINUTE):
        return tickets.take_transition(change, "start", actor=cast.zhang_wei)


def test_backing_out_and_ending_the_last_step_at_once_leave_one_of_them(cast, in_work):
    step, at = in_work.tasks.get(), in_work.planned_start + 2 * MINUTE

    def act(n):
        with clock.travel(at):
            if n:
                return tasks.complete(step, actor=cast.zhang_wei)
            return tickets.take_transition(in_work, "back_out", actor=cast.zhang_wei, values={"reason": "It hangs"})

    assert len(refused(together(2, act))) == 1
    in_work.refresh_from_db()
    states = dict(Task.objects.filter(ticket=in_work.pk).values_list("key", "state"))
    if in_work.state == "review":
        assert (in_work.outcome, states) == ("", {"step-1": "done"})
    else:
        assert (in_work.state, in_work.outcome) == ("rolled_back", "rolled_back")
        assert states["back-1"] == "open" and states["step-1"] not in ("open", "started", "done")


def test_a_meeting_begins_or_is_cancelled_or_moves_and_never_two_of_them(cast, members):
    at = clock.now() + timedelta(hours=1)
    meeting = changes.call_meeting(members[0].change_boards.get(), actor=members[0], starts_at=at)

    def act(n):
        if n:
            return changes.cancel_meeting(meeting, actor=members[0], reason="Nothing to decide")
        return changes.open_meeting(meeting, actor=members[0])

    assert len(refused(together(2, act))) == 1
    told = Event.objects.filter(name__in=("board_meeting.opened", "board_meeting.cancelled")).get()
    assert told.name == f"board_meeting.{'opened' if BoardMeeting.objects.get().state == 'open' else 'cancelled'}"
