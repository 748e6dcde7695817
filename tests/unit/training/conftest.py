"""A team with a gap, a course that closes it, and money for it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts import services as people
from core import clock
from tickets.services import skills
from training import services as training


@pytest.fixture
def gap(cast):
    """E-mail asks for mail 2; nobody of the network team has it. A session of two seats is in a week."""
    chief = cast.wang_fang
    mail = people.save_skill(None, actor=chief, slug="mail", name_en="Mail", name_zh="邮件")
    skills.require_skill(mail, actor=chief, level=2, service=cast.email)
    course = training.keep_course(
        None, actor=chief, name_en="Mail for operators", skill=mail, level=2, cost=1000, valid_months=12
    )
    plan = training.keep_plan(None, actor=chief, team=cast.network, year=clock.now().year, budget=2500)
    session = called(cast, course)
    return SimpleNamespace(skill=mail, course=course, plan=plan, session=session)


def called(cast, course, *, seats=2, days=7):
    at = clock.now() + timedelta(days=days)
    return training.keep_session(
        None, actor=cast.wang_fang, course=course, starts_at=at, ends_at=at + timedelta(hours=3), seats=seats,
        place="Room 3",
    )  # fmt: skip


def planned(cast, gap, person):
    return training.add_item(
        actor=cast.wang_fang, team=cast.network, year=gap.plan.year, person=person, course=gap.course
    )


def held(cast, session, *attended):
    """A moment after it began it is recorded who was there."""
    with clock.travel(session.starts_at + timedelta(hours=4)):
        return training.hold_session(session, actor=cast.wang_fang, attended=list(attended))
