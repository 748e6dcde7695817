"""Approvers and agents at the same instant: one outcome, and the loser is told which."""

from datetime import timedelta

import pytest

from accounts import services as accounts
from accounts.models import Role
from core import clock
from core.errors import Refused
from events.models import Event
from tests.cast import person
from tests.races.together import together
from tickets.models import ApprovalRound, ApprovalSlot, Task
from tickets.services import approving, tasks
from tickets.services.approving import Stage
from tickets.services.tasks import PlannedTask

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


@pytest.fixture
def bosses(cast):
    return [person(f"boss{n}", f"主管{n}", cast.xinghe, Role.REQUESTER) for n in range(6)]


def ask(incident, bosses, mode, percentage=None):
    return approving.ask(incident, [Stage("S", mode, bosses, percentage)], scope=1, actor=incident.requester)


def slot_of(who):
    return ApprovalSlot.objects.counting().get(approver=who)


def refused(outcomes):
    assert all(isinstance(outcome, (ApprovalSlot, Task, Refused, bool)) for outcome in outcomes), outcomes
    return [str(outcome) for outcome in outcomes if isinstance(outcome, Refused)]


def test_a_double_click_votes_once(cast, incident, bosses):
    ask(incident, bosses[:2], "all")
    outcomes = together(4, lambda n: approving.decide(slot_of(bosses[0]), actor=bosses[0], approve=True))
    assert refused(outcomes) == ["Boss0 has already approved this."] * 3
    assert Event.objects.filter(name="approval.decided").count() == 1


def test_yes_and_no_to_an_either_or_at_once_end_it_once(cast, incident, bosses):
    round = ask(incident, bosses, "any")
    outcomes = together(6, lambda n: approving.decide(slot_of(bosses[n]), actor=bosses[n], approve=n > 2, reason="no"))
    assert ApprovalRound.objects.get(pk=round.pk).state == "granted"
    late = refused(outcomes)
    assert 0 < len(late) <= 5 and set(late) == {"This was decided without your vote, which is not needed any more."}
    assert Event.objects.filter(name="approval.granted").count() == 1


def test_the_last_two_votes_of_everybody_end_it_once(cast, incident, bosses):
    ask(incident, bosses, "all")
    assert refused(together(6, lambda n: approving.decide(slot_of(bosses[n]), actor=bosses[n], approve=True))) == []
    assert Event.objects.filter(name="approval.granted").count() == 1


def test_a_vote_and_a_withdrawal_at_once_leave_one_of_them(cast, incident, bosses):
    round = ask(incident, bosses[:1], "all")
    slot = slot_of(bosses[0])

    def act(n):
        if n:
            return approving.void(incident, actor=cast.li_na)
        return approving.decide(slot, actor=bosses[0], approve=True)

    outcomes = together(2, act)
    assert ApprovalRound.objects.get(pk=round.pk).state == "voided"
    assert refused(outcomes) in (
        [],
        ["What was asked has changed or was withdrawn, so this vote is not needed any more."],
    )


def test_two_who_ask_at_once_leave_one_round_standing(cast, incident, bosses):
    outcomes = together(4, lambda n: ask(incident, bosses[:2], "all"))
    assert all(isinstance(outcome, ApprovalRound) for outcome in outcomes)
    assert sorted(ApprovalRound.objects.values_list("state", flat=True)) == ["open", "voided", "voided", "voided"]
    assert ApprovalSlot.objects.asked().count() == 2


def test_handing_over_and_deciding_at_once_leave_one_of_them(cast, incident, bosses):
    ask(incident, bosses[:1], "all")
    slot = slot_of(bosses[0])

    def act(n):
        if n:
            return approving.hand_over(slot, bosses[1], actor=bosses[0], reason="yours")
        return approving.decide(slot, actor=bosses[0], approve=True)

    assert len(refused(together(2, act))) == 1
    assert ApprovalSlot.objects.filter(state__in=("approved", "asked")).count() == 1


def test_the_same_person_is_added_once(cast, incident, bosses):
    ask(incident, bosses[:4], "all")
    added = together(4, lambda n: approving.add_approver(slot_of(bosses[n]), bosses[5], actor=bosses[n]))
    assert len(refused(added)) == 3
    assert ApprovalSlot.objects.filter(approver=bosses[5]).count() == 1


def test_absences_of_one_person_never_overlap(cast, bosses, incident):
    span = {"from_at": clock.now(), "until_at": clock.now() + timedelta(days=1)}
    made = together(4, lambda n: accounts.arrange_absence(bosses[0], bosses[n + 1], actor=bosses[0], **span))
    assert sum(isinstance(one, Refused) for one in made) == 3


def test_tasks_ended_at_once_open_what_follows_once(cast, incident):
    keys = [f"t{n}" for n in range(5)]
    plan = [PlannedTask(key, key, team=cast.desk) for key in keys] + [PlannedTask("last", "Last", after=tuple(keys))]
    made = {task.key: task for task in tasks.plan(incident, plan, actor=None)}
    assert refused(together(5, lambda n: tasks.complete(made[keys[n]], actor=cast.zhang_wei))) == []
    assert Event.objects.filter(name="task.opened", data__key="last").count() == 1
    double = together(4, lambda n: tasks.complete(made["last"], actor=cast.zhang_wei))
    assert refused(double) == ["Zhang Wei has ended this task already: Done."] * 3
    assert Event.objects.filter(name="task.all_done").count() == 1
