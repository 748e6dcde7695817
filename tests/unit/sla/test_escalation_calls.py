"""Calling people on call: acknowledged, passed on by rotation, fallback and leads, and said so when nobody is there."""

from datetime import date, time, timedelta

import pytest

from accounts import selectors
from accounts import services as people
from core import clock as wall
from core.errors import NotAllowed, Refused
from events.models import Event
from sla import services
from sla.models import Escalation, EscalationStep
from tests.monday import MONDAY, at
from tests.unit.sla.test_escalating import agreed, present, report, step, sweep_and_deliver, taken
from tickets import services as tickets

pytestmark = pytest.mark.django_db
Action, State = EscalationStep.Action, Escalation.State
__all__ = ["agreed", "present"]


@pytest.fixture
def roster(cast):
    """陈浩 this week, then 刘洋; nobody answers: the administrator, then the lead above."""
    with at():
        roster = people.save_roster(
            None, actor=cast.admin, name_en="Duty", team=cast.network, starts_on=date(2026, 11, 16), turn_days=7,
            handover_at=time(9), fallback=cast.admin,
        )  # fmt: skip
        for user in (cast.chen_hao, cast.liu_yang):
            people.join_roster(roster, user, actor=cast.admin)
    return roster


@pytest.fixture
def called(cast, agreed, roster, deliver):
    """The person on call was called at 11:00:01 and has 5 minutes from then to answer."""
    agreed(step(Action.TELL_ON_CALL, 50, roster=roster, acknowledge_minutes=5))
    ticket = taken(cast, report(cast))
    sweep_and_deliver(deliver, hours=2, seconds=1)
    return ticket


def pass_on(deliver, **when):
    with at(**when):
        while services.pass_on_unanswered():
            pass
        deliver()


def log():
    return [(row.level, row.state, row.person) for row in Escalation.objects.order_by("pk")]


def test_person_on_call_hears_at_once_and_acknowledges(cast, called, deliver):
    row = Escalation.objects.get()
    assert (row.person, row.state) == (cast.chen_hao, State.TOLD)
    assert row.acknowledge_by == MONDAY + timedelta(hours=2, minutes=5, seconds=1)
    mail = cast.chen_hao.mails.get(kind="on_call")
    assert mail.not_before <= row.at + timedelta(seconds=1)
    assert cast.chen_hao.notifications.filter(kind="on_call").exists()
    with at(hours=2, minutes=3):
        services.acknowledge(row, actor=cast.chen_hao)
    row.refresh_from_db()
    assert (row.state, row.acknowledged_by, row.acknowledge_by) == (State.ACKNOWLEDGED, cast.chen_hao, None)
    assert Event.objects.filter(name="sla.acknowledged", actor=cast.chen_hao).count() == 1
    pass_on(deliver, hours=3)
    assert len(log()) == 1


def test_unanswered_call_goes_through_rotation_fallback_and_leads(cast, called, deliver):
    for minute in (5, 10, 15, 20):
        pass_on(deliver, hours=2, minutes=minute, seconds=4)
    assert log() == [
        (0, "passed_on", cast.chen_hao),
        (1, "passed_on", cast.liu_yang),
        (2, "passed_on", cast.admin),
        (3, "passed_on", cast.wang_fang),
        (4, "not_possible", None),
    ]
    assert Escalation.objects.get(level=4).note == "Nobody is left to be told."


def away(person, substitute, **until):
    """From a day before Monday's start until `until` after it."""
    span = {"from_at": MONDAY - timedelta(days=1), "until_at": MONDAY + timedelta(**until)}
    with at():
        return people.arrange_absence(person, substitute, actor=person, **span)


def test_whoever_is_away_is_not_called_but_their_stand_in(cast, agreed, roster, deliver):
    away(cast.chen_hao, cast.zhang_wei, days=3)
    agreed(step(Action.TELL_ON_CALL, 50, roster=roster, acknowledge_minutes=5))
    taken(cast, report(cast))
    sweep_and_deliver(deliver, hours=2, seconds=1)
    assert log() == [(0, "not_possible", cast.chen_hao), (0, "told", cast.zhang_wei)]
    assert Escalation.objects.first().note == "This person is away."
    pass_on(deliver, hours=2, minutes=6)
    assert log()[1:] == [(0, "passed_on", cast.zhang_wei), (1, "told", cast.liu_yang)]


def test_a_stand_in_who_is_away_too_or_cannot_act_is_passed_over(cast, agreed, roster, deliver):
    away(cast.chen_hao, cast.liu_yang, days=3)
    away(cast.liu_yang, cast.li_na, days=3)
    agreed(step(Action.TELL_ON_CALL, 50, roster=roster, acknowledge_minutes=5))
    taken(cast, report(cast))
    sweep_and_deliver(deliver, hours=2, seconds=1)
    assert log() == [
        (0, "not_possible", cast.chen_hao),
        (1, "not_possible", cast.liu_yang),
        (2, "told", cast.admin),
    ]
    assert selectors.there(selectors.plan_of(roster).line_at(MONDAY), MONDAY) == [cast.admin, cast.wang_fang]


def test_an_assignee_who_is_away_is_told_once_back(cast, agreed, deliver):
    agreed(step(Action.TELL_ASSIGNEE, 50))
    ticket = taken(cast, report(cast))
    away(ticket.assignee, cast.liu_yang, hours=1)
    assert selectors.stand_ins([ticket.assignee], MONDAY) == {ticket.assignee_id: cast.liu_yang}
    sweep_and_deliver(deliver, hours=2, seconds=1)
    assert log() == [(0, "told", ticket.assignee)]


def test_nominal_instants_do_not_drift_with_a_late_watch(called, deliver):
    for minute in (5, 10, 15):
        pass_on(deliver, hours=2, minutes=minute, seconds=4)
    told = Event.objects.filter(name="sla.escalated").order_by("pk").values_list("data", flat=True)
    wanted = [(MONDAY + timedelta(hours=2, minutes=m, seconds=1)).isoformat()[:19] for m in (5, 10, 15, 20)]
    assert [row["acknowledge_by"][:19] for row in told] == wanted


def test_after_an_outage_everybody_still_gets_their_whole_time(cast, called, deliver):
    pass_on(deliver, hours=5)
    assert log() == [(0, "passed_on", cast.chen_hao), (1, "told", cast.liu_yang)]
    assert Escalation.objects.get(level=1).acknowledge_by == MONDAY + timedelta(hours=5, minutes=5)


def test_late_answer_ends_the_search_and_a_second_one_is_told_so(cast, called, deliver):
    pass_on(deliver, hours=2, minutes=6)
    first, second = Escalation.objects.order_by("pk")
    with at(hours=2, minutes=7):
        services.acknowledge(first, actor=cast.chen_hao)
        with pytest.raises(Refused, match="Chen Hao has acknowledged"):
            services.acknowledge(second, actor=cast.liu_yang)
    pass_on(deliver, hours=4)
    assert len(log()) == 2


def test_only_the_called_and_dispatchers_acknowledge(cast, called):
    row = Escalation.objects.get()
    for user in (cast.liu_yang, cast.li_na):
        with pytest.raises(NotAllowed):
            services.acknowledge(row, actor=user)
    services.acknowledge(row, actor=cast.wang_fang)


def test_empty_roster_passes_on_at_once_and_says_so(cast, agreed, roster, deliver):
    roster.members.all().delete()
    agreed(step(Action.TELL_ON_CALL, 50, roster=roster, acknowledge_minutes=5))
    taken(cast, report(cast))
    sweep_and_deliver(deliver, hours=2, seconds=1)
    assert log() == [(0, "empty", None), (1, "told", cast.admin)]
    assert Escalation.objects.first().note == "Nobody was on call."


def test_retired_roster_passes_on_to_the_leads_of_the_ticket(cast, agreed, roster, deliver):
    people.save_roster(roster, actor=cast.admin, is_active=False)
    agreed(step(Action.TELL_ON_CALL, 50, roster=roster))
    taken(cast, report(cast))
    sweep_and_deliver(deliver, hours=2, seconds=1)
    assert log() == [(0, "empty", None), (1, "told", cast.zhang_wei)]


def test_solved_ticket_calls_nobody_further(cast, called, deliver):
    with at(hours=2, minutes=2):
        tickets.take_transition(called, "start", actor=cast.zhang_wei)
        values = {"resolution_code": "fixed", "resolution_notes": "ok"}
        tickets.take_transition(called, "resolve", actor=cast.zhang_wei, values=values)
    pass_on(deliver, hours=2, minutes=6)
    assert log() == [(0, "told", cast.chen_hao)]
    assert not Escalation.objects.filter(acknowledge_by__isnull=False).exists()


def test_handover_between_two_calls_asks_who_is_on_call_now(cast, agreed, roster, deliver):
    """The turn changes at 11:02: the one called before it is passed on to the one on call after it."""
    people.save_roster(roster, actor=cast.admin, handover_at=time(11, 2), starts_on=date(2026, 11, 9))
    agreed(step(Action.TELL_ON_CALL, 50, roster=roster, acknowledge_minutes=5))
    taken(cast, report(cast))
    sweep_and_deliver(deliver, hours=2, seconds=1)
    pass_on(deliver, hours=2, minutes=6)
    assert [row[2] for row in log()] == [cast.chen_hao, cast.liu_yang]


def test_whole_team_is_passed_on_together_and_one_answer_is_enough(cast, agreed, deliver):
    with at():
        people.add_to_team(cast.desk, cast.chen_hao, actor=cast.admin)
    agreed(step(Action.TELL_TEAM, 50, acknowledge_minutes=5))
    taken(cast, report(cast))
    sweep_and_deliver(deliver, hours=2, seconds=1)
    assert len(log()) == 2
    pass_on(deliver, hours=2, minutes=6)
    assert [row[:2] for row in log()] == [(0, "passed_on"), (0, "passed_on"), (1, "told")]
    with at(hours=2, minutes=7):
        services.acknowledge(Escalation.objects.get(level=1), actor=cast.wang_fang)
    assert not Escalation.objects.filter(acknowledge_by__isnull=False).exists()
    assert wall.now()
