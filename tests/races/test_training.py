"""The last seat, and one enrolment assessed by two, by real threads on real PostgreSQL."""

from datetime import timedelta

import pytest

from accounts import services as people
from accounts.models import PersonSkill, User
from core import clock
from core.errors import Refused
from tests.cast import person
from tests.races.together import together
from training import services as training
from training.models import Assessment, Enrolment, Session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


@pytest.fixture
def session(cast):
    skill = people.save_skill(None, actor=cast.wang_fang, slug="mail", name_en="Mail")
    course = training.keep_course(None, actor=cast.wang_fang, name_en="Mail", skill=skill, level=2)
    at = clock.now() + timedelta(days=2)
    return training.keep_session(
        None, actor=cast.wang_fang, course=course, starts_at=at, ends_at=at + timedelta(hours=2), seats=2
    )


def test_the_last_seat_is_given_once_and_the_others_wait_in_order(cast, session):
    training.enrol(session, cast.chen_hao, actor=cast.chen_hao)
    crowd = [person(f"agent{n}", f"坐席{n}", cast.xinghe, "agent", teams=[cast.desk]) for n in range(5)]
    made = together(5, lambda n: training.enrol(Session.objects.get(), crowd[n], actor=crowd[n]))
    assert sorted(one.seat for one in made) == ["seated", *["waiting"] * 4]
    seated = Enrolment.objects.filter(seat="seated").order_by("pk")
    assert list(seated) == list(Enrolment.objects.order_by("pk")[:2])


def test_two_who_withdraw_at_once_let_two_move_up(cast, session):
    crowd = [person(f"agent{n}", f"坐席{n}", cast.xinghe, "agent", teams=[cast.desk]) for n in range(5)]
    made = [training.enrol(session, one, actor=one) for one in crowd]
    together(2, lambda n: training.withdraw(Enrolment.objects.get(pk=made[n].pk), actor=crowd[n]))
    assert list(Enrolment.objects.order_by("pk").values_list("seat", flat=True)) == ["seated", "seated", "waiting"]


def test_two_assess_one_enrolment_and_the_second_is_told(cast, session):
    training.enrol(session, cast.chen_hao, actor=cast.chen_hao)
    with clock.travel(session.starts_at + timedelta(hours=3)):
        training.hold_session(session, actor=cast.wang_fang, attended=[cast.chen_hao])
    assessors = [cast.wang_fang, cast.admin]

    def assess(n):
        enrolment = Enrolment.objects.select_related("session__course").get()
        return training.assess(
            User.objects.get(pk=cast.chen_hao.pk), enrolment.session.course, actor=assessors[n], enrolment=enrolment,
            passed=True,
        )  # fmt: skip

    outcomes = together(2, assess)
    assert sorted(type(one).__name__ for one in outcomes) == ["Assessment", "Refused"]
    assert isinstance(next(one for one in outcomes if not isinstance(one, Assessment)), Refused)
    assert PersonSkill.objects.get(user=cast.chen_hao).level == 2


def test_two_lines_at_once_do_not_exceed_the_budget(cast, session):
    course = training.keep_course(session.course, actor=cast.wang_fang, cost=1000)
    second = person("sun.li", "孙丽", cast.xinghe, "expert", teams=[cast.network])
    year = clock.now().year
    plan = training.keep_plan(None, actor=cast.wang_fang, team=cast.network, year=year, budget=1500)
    training.step_plan(plan, "approve", actor=cast.wang_fang)
    both = [cast.chen_hao, second]
    outcomes = together(2, lambda n: training.add_item(
        actor=cast.wang_fang, team=cast.network, year=year, person=both[n], course=course))  # fmt: skip
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
    assert plan.items.count() == 1
