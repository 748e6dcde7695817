"""From a gap through plan, session and assessment to a level, and to who is given the next ticket."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts import services as people
from accounts.models import PersonSkill, Team
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.holdings import portions_of
from events.models import Event
from notifications.models import Notification
from tests.cast import person
from tests.routing import busy, given_to
from tests.unit.training.conftest import called, held, planned
from training import services as training
from training.models import Assessment, Enrolment, Session
from training.selectors.plans import lines_of, money_of
from training.selectors.reports import report

pytestmark = pytest.mark.django_db


def money(plan):
    found = money_of(plan, lines_of(plan))
    return tuple(int(part) for part in (found.planned, found.committed, found.spent, found.left))


def stages(plan):
    return [line.stage for line in lines_of(plan)]


def test_a_gap_closed_by_a_course_changes_who_receives_the_next_ticket(cast, gap, deliver):
    Team.objects.filter(pk=cast.network.pk).update(assignment="skill")
    second = person("sun.li", "孙丽", cast.xinghe, "expert", teams=[cast.network])
    assert [need.is_gap for need in report(cast.wang_fang, clock.now().date()).gaps] == [True]
    assert given_to(cast, deliver).assignee == cast.chen_hao

    planned(cast, gap, second)
    assert (stages(gap.plan), money(gap.plan)) == (["planned"], (1000, 0, 0, 1500))
    training.step_plan(gap.plan, "approve", actor=cast.wang_fang)
    enrolment = training.enrol(gap.session, second, actor=cast.wang_fang)
    assert (stages(gap.plan), money(gap.plan)) == (["booked"], (0, 1000, 0, 1500))
    held(cast, gap.session, second)
    assert (stages(gap.plan), money(gap.plan)) == (["attended"], (0, 0, 1000, 1500))
    enrolment.refresh_from_db()
    made = training.assess(
        second, gap.course, actor=cast.wang_fang, enrolment=enrolment, passed=True, result="91", evidence="Lab"
    )
    assert stages(gap.plan) == ["passed"]
    level = PersonSkill.objects.get(user=second)
    today = clock.now().date()
    assert (level.level, level.evidence, level.expires_on) == (2, "Lab", made.expires_on)
    assert 360 <= (level.expires_on - today).days <= 367
    assert not report(cast.wang_fang, today).gaps
    busy(cast, second)
    assert given_to(cast, deliver).assignee == second, "although Chen Hao has less to do"
    heard = set(Notification.objects.of(second).values_list("event__name", flat=True))
    assert {"training-plan.item_added", "training-session.enrolled", "assessment.made", "user.skill_rated"} <= heard

    with clock.travel(clock.now() + timedelta(days=400)):
        assert report(cast.wang_fang, today + timedelta(days=400)).gaps, "the certificate has run out"


def test_what_is_not_passed_raises_nothing(cast, gap):
    enrolment = training.enrol(free(gap), cast.chen_hao, actor=cast.chen_hao)
    held(cast, gap.session, cast.chen_hao)
    enrolment.refresh_from_db()
    training.assess(cast.chen_hao, gap.course, actor=cast.wang_fang, enrolment=enrolment, passed=False)
    assert not PersonSkill.objects.exists()
    assert Assessment.objects.get().expires_on is None


def free(gap):
    gap.course.cost = 0
    gap.course.save()
    gap.session.refresh_from_db()
    return gap.session


def test_nobody_assesses_themselves_or_whom_they_neither_lead_nor_train(cast, gap):
    for assessor, person_ in ((cast.wang_fang, cast.wang_fang), (cast.liu_yang, cast.chen_hao), (None, cast.chen_hao)):
        with pytest.raises(NotAllowed):
            training.assess(person_, gap.course, actor=assessor, passed=True)


def test_the_trainer_assesses_who_was_there_and_only_once(cast, gap):
    session = training.keep_session(free(gap), actor=cast.wang_fang, trainer=cast.liu_yang)
    enrolment = training.enrol(session, cast.chen_hao, actor=cast.chen_hao)
    with pytest.raises(Refused):
        training.assess(cast.chen_hao, gap.course, actor=cast.liu_yang, enrolment=enrolment, passed=True)
    held(cast, session, cast.chen_hao)
    enrolment = Enrolment.objects.get()
    training.assess(cast.chen_hao, gap.course, actor=cast.liu_yang, enrolment=enrolment, passed=True)
    with pytest.raises(Refused):
        training.assess(cast.chen_hao, gap.course, actor=cast.liu_yang, enrolment=enrolment, passed=True)


def test_an_assessment_never_lowers_a_level_nor_shortens_it(cast, gap):
    people.rate(cast.chen_hao, gap.skill, actor=cast.wang_fang, level=3, evidence="HCIE")
    training.assess(cast.chen_hao, gap.course, actor=cast.wang_fang, passed=True)
    assert (PersonSkill.objects.get().level, PersonSkill.objects.get().evidence) == (3, "HCIE")
    people.rate(cast.chen_hao, gap.skill, actor=cast.wang_fang, level=2)
    training.assess(cast.chen_hao, gap.course, actor=cast.wang_fang, passed=True)
    assert PersonSkill.objects.get().expires_on is None


def test_an_expired_higher_level_is_replaced(cast, gap):
    past = clock.now().date() - timedelta(days=3)
    people.rate(cast.chen_hao, gap.skill, actor=cast.wang_fang, level=4, expires_on=past)
    training.assess(cast.chen_hao, gap.course, actor=cast.wang_fang, passed=True)
    assert PersonSkill.objects.get().level == 2


def test_money_is_spent_by_an_approved_plan_only_and_within_its_budget(cast, gap):
    with pytest.raises(Refused):
        training.enrol(gap.session, cast.chen_hao, actor=cast.wang_fang)
    planned(cast, gap, cast.chen_hao)
    with pytest.raises(Refused):
        training.enrol(gap.session, cast.chen_hao, actor=cast.wang_fang)
    training.keep_plan(gap.plan, actor=cast.wang_fang, budget=Decimal("999.99"))
    with pytest.raises(Refused, match=r"999\.99"):
        training.step_plan(gap.plan, "approve", actor=cast.wang_fang)
    training.keep_plan(gap.plan, actor=cast.wang_fang, budget=1000)
    people.set_lead(cast.network, cast.chen_hao, actor=cast.admin)
    with pytest.raises(NotAllowed):
        training.step_plan(gap.plan, "approve", actor=cast.chen_hao)
    training.step_plan(gap.plan, "approve", actor=cast.wang_fang)
    second = person("sun.li", "孙丽", cast.xinghe, "expert", teams=[cast.network])
    with pytest.raises(Refused):
        planned(cast, gap, second)
    with pytest.raises(Refused):
        training.keep_plan(gap.plan, actor=cast.wang_fang, budget=9000)
    with pytest.raises(InvalidInput):
        planned(cast, gap, cast.chen_hao)
    with pytest.raises(InvalidInput):
        planned(cast, gap, cast.liu_yang)


def test_who_waits_moves_up_and_hears_of_it(cast, gap, deliver):
    session = training.keep_session(free(gap), actor=cast.wang_fang, seats=1)
    first = training.enrol(session, cast.chen_hao, actor=cast.chen_hao)
    waiting = [training.enrol(session, one, actor=one).pk for one in (cast.liu_yang, cast.zhang_wei)]
    assert [one.seat for one in Enrolment.objects.order_by("pk")] == ["seated", "waiting", "waiting"]
    training.withdraw(first, actor=cast.chen_hao)
    deliver()
    assert [Enrolment.objects.get(pk=pk).seat for pk in waiting] == ["seated", "waiting"]
    assert Notification.objects.of(cast.liu_yang).filter(event__name="training-session.moved_up").exists()
    training.keep_session(session, actor=cast.wang_fang, seats=5)
    assert Enrolment.objects.get(pk=waiting[1]).seat == "seated"
    with pytest.raises(InvalidInput):
        training.keep_session(session, actor=cast.wang_fang, seats=1)


def test_whoever_leaves_gives_the_seat_back_and_hands_over_what_they_were_to_give(cast, gap, deliver):
    session = training.keep_session(free(gap), actor=cast.wang_fang, seats=1, trainer=cast.chen_hao)
    for one in (cast.chen_hao, cast.liu_yang):
        training.enrol(session, one, actor=one)
    hung = {portion.key: portion for portion in portions_of(cast.chen_hao)}
    hung["sessions"].pass_on(cast.zhang_wei, actor=cast.admin)
    people.deactivate(cast.chen_hao, actor=cast.admin)
    deliver()
    session.refresh_from_db()
    assert session.trainer == cast.zhang_wei
    assert [(one.person, one.seat) for one in Enrolment.objects.select_related("person")] == [(cast.liu_yang, "seated")]


def test_a_cancelled_session_gives_the_money_back_and_says_why(cast, gap, deliver):
    planned(cast, gap, cast.chen_hao)
    training.step_plan(gap.plan, "approve", actor=cast.wang_fang)
    training.enrol(gap.session, cast.chen_hao, actor=cast.wang_fang)
    with pytest.raises(InvalidInput):
        training.cancel_session(gap.session, actor=cast.wang_fang, reason=" ")
    training.cancel_session(gap.session, actor=cast.wang_fang, reason="The trainer is ill")
    deliver()
    assert (stages(gap.plan), money(gap.plan)) == (["planned"], (1000, 0, 0, 1500))
    assert Event.objects.get(name="training-session.cancelled").data["told"] == [cast.chen_hao.pk]
    with pytest.raises(Refused):
        training.enrol(gap.session, cast.chen_hao, actor=cast.wang_fang)
    again = called(cast, gap.course, days=9)
    training.enrol(again, cast.chen_hao, actor=cast.wang_fang)
    assert money(gap.plan) == (0, 1000, 0, 1500)


def test_attendance_is_recorded_once_it_has_begun(cast, gap):
    with pytest.raises(Refused):
        training.hold_session(gap.session, actor=cast.wang_fang, attended=[])
    with pytest.raises(NotAllowed):
        held(SimpleCast(cast.liu_yang), gap.session)
    held(cast, gap.session)
    assert Session.objects.get().state == "held"


class SimpleCast:
    def __init__(self, chief):
        self.wang_fang = chief
