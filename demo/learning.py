"""How 星河制造's network group closed a gap: nobody could look after the firewalls, now somebody can."""

from datetime import timedelta

from accounts import services as people
from cmdb.models import ItemClass
from core import clock
from demo.days import instant
from tickets.services import skills
from training import services as training
from training.models import Enrolment

# Whose day in the classroom it was, and how it ended: (login, passed, result).
LEARNERS = (("chen.hao", True, "92 分"), ("tang.yi", False, "58 分，需补考"))
COST, BUDGET = 3200, 20_000


def going_on(world, until):
    """A life: the need, a plan with its budget, a session that was held and assessed, and the next one to come."""
    chief, team = world.people["wang.fang"], world.teams["network"]
    firewalls = people.save_skill(None, actor=chief, slug="firewall", name_zh="防火墙", name_en="Firewalls")
    skills.require_skill(firewalls, actor=chief, level=2, item_class=ItemClass.objects.get(slug="firewall"))
    course = training.keep_course(
        None, actor=chief, name_zh="防火墙策略与运维", name_en="Operating firewalls", skill=firewalls, level=2, hours=14,
        cost=COST, provider="厂商培训中心", valid_months=24, description="策略设计、日志分析、双机切换。",
    )  # fmt: skip
    first_day = instant((clock.now() + timedelta(days=4)).date(), 9)
    year = first_day.year
    training.keep_plan(None, actor=chief, team=team, year=year, budget=BUDGET, note="补齐防火墙的缺口")
    for login, _passed, _result in LEARNERS:
        item = training.add_item(
            actor=chief, team=team, year=year, person=world.people[login], course=course,
            reason="缺口：防火墙 2 级，防火墙设备需要",
        )  # fmt: skip
    training.step_plan(item.plan, "approve", actor=chief)
    session = _called(course, chief, first_day, seats=8)
    for login, _passed, _result in LEARNERS:
        training.enrol(session, world.people[login], actor=chief)
    yield until - timedelta(days=8)
    training.hold_session(session, actor=chief, attended=[world.people[login] for login, _passed, _result in LEARNERS])
    yield until - timedelta(days=7)
    for login, passed, result in LEARNERS:
        enrolment = Enrolment.objects.select_related("session").get(session=session, person=world.people[login])
        training.assess(
            world.people[login], course, actor=chief, enrolment=enrolment, passed=passed, result=result,
            evidence="实操考核记录" if passed else "",
        )  # fmt: skip
    people.claim(firewalls, actor=world.people["guo.qiang"], level=3, evidence="负责过二厂防火墙割接")
    _called(course, chief, instant((until + timedelta(days=12)).date(), 9), seats=2)


def _called(course, chief, at, *, seats):
    return training.keep_session(
        None, actor=chief, course=course, starts_at=at, ends_at=at + timedelta(hours=7), seats=seats,
        place="总部 3 楼培训室", outside_trainer="厂商讲师",
    )  # fmt: skip
