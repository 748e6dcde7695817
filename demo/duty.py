"""Who is on call at 星河制造, what happens when deadlines come near, and how people answer."""

import random
from datetime import time, timedelta

from accounts import services as people
from core import clock
from demo.days import instant
from events.models import Delivery
from events.subscribing import key_of
from sla import services as sla
from sla.models import Escalation, EscalationPolicy, EscalationStep
from sla.services import policies
from tickets.services import dispatching

Action = EscalationStep.Action
EVERY = timedelta(minutes=15)
TO_ANSWER = 30  # minutes
# (slug of the team, Chinese, English, days in a turn, people in turn)
ROSTERS = (
    ("service-desk", "服务台值班", "Service desk duty", 7, ("zhang.wei", "liu.min", "sun.lei", "he.xiaoyu")),
    ("network", "网络组夜间值班", "Network night duty", 1, ("chen.hao", "tang.yi", "guo.qiang")),
)
# (slug of the team, name, weekdays, from, to, people)
SHIFTS = (
    ("service-desk", "早班", range(5), time(8), time(16), ("zhang.wei", "liu.min")),
    ("service-desk", "晚班", range(5), time(13), time(21), ("sun.lei", "he.xiaoyu")),
    ("service-desk", "周六值守", (5,), time(9), time(13), ("he.xiaoyu",)),
    ("network", "白班", range(5), time(9), time(18), ("chen.hao", "tang.yi", "guo.qiang")),
    ("systems", "白班", range(5), time(9), time(18), ("xu.kai", "deng.bo", "feng.xue")),
    ("desktop", "白班", range(5), time(8, 30), time(17, 30), ("luo.jun", "pan.ting", "jiang.hai")),
    ("applications", "白班", range(5), time(9), time(18), ("shen.yan", "cao.rui", "yuan.mei", "xie.fei")),
    ("security", "白班", range(5), time(9), time(18), ("lu.ming", "dong.yue")),
    ("database", "白班", range(5), time(9), time(18), ("liu.yang", "qin.chuan")),
)
# (who is away, who stands in, who arranged it, the first day and the day of return, from today)
ABSENCES = (
    ("tang.yi", "guo.qiang", "tang.yi", 3, 8),
    ("xie.fei", "cao.rui", "shen.yan", 0, 2),
)
GIVEN_OUT = {"service-desk": "load", "network": "skill", "applications": "skill"}
PLANNED_SINCE = timedelta(days=28)


def plan_shifts(world, until):
    """The shifts of the last four weeks and from now on."""
    for team, label, weekdays, starts_at, ends_at, logins in SHIFTS:
        people.save_shift(
            None, actor=None, team=world.teams[team], label=label, weekdays=list(weekdays), starts_at=starts_at,
            ends_at=ends_at, valid_from=(until - PLANNED_SINCE).date(), people=[world.people[one] for one in logins],
        )  # fmt: skip


def give_out(world, until):
    """Who is away these days, somebody ill among them; and from now on some teams give out what enters their queue."""
    for login, substitute, arranged_by, first, back in ABSENCES:
        start, end = (instant(until.date() + timedelta(days=days), 9) for days in (first, back))
        people.arrange_absence(
            world.people[login], world.people[substitute], actor=world.people[arranged_by], from_at=start, until_at=end
        )  # fmt: skip
    for slug, assignment in GIVEN_OUT.items():
        people.update_team(world.teams[slug], actor=None, assignment=assignment)
    # What waits in the queues came while all of them gave out by hand: it waits on for whoever claims it.
    owed = Delivery.objects.filter(state=Delivery.State.PENDING, handler=key_of(dispatching.give_out))
    owed.update(state=Delivery.State.DONE, done_at=clock.recorded_now())


def arrange(world) -> EscalationPolicy:
    """Set up the rosters, and return the policy that calls by them."""
    rosters = {}
    for team, name_zh, name_en, days, logins in ROSTERS:
        roster = people.save_roster(
            None, actor=None, name_zh=name_zh, name_en=name_en, team=world.teams[team], turn_days=days,
            starts_on=clock.now().date(), handover_at=time(9), fallback=world.teams[team].lead,
        )  # fmt: skip
        for login in logins:
            people.join_roster(roster, world.people[login], actor=None)
        rosters[team] = roster
    call = {"action": Action.TELL_ON_CALL, "roster": rosters["service-desk"], "acknowledge_minutes": TO_ANSWER}
    steps = [
        {"metric": "response", "pct": 100, **call},
        {"metric": "resolution", "pct": 100, "offset_minutes": -30, "action": Action.TELL_LEAD},
        {"metric": "resolution", "pct": 100, **call},
        {"metric": "resolution", "pct": 100, "offset_minutes": 60, "action": Action.TELL_MANAGER},
    ]
    return policies.save_policy(
        None, actor=None, slug="xinghe", name_zh="星河制造升级策略", name_en="Escalation at Xinghe", steps=steps
    )


def answering():
    """A life: most calls are answered within a quarter of an hour, the others go on to the next in line."""
    while True:
        now, rng = clock.now(), random.Random(f"calls {clock.now():%j %H %M}")
        while sla.pass_on_unanswered():
            pass
        for call in Escalation.objects.filter(acknowledge_by__gt=now).select_related("person"):
            if rng.random() < 0.6:
                sla.acknowledge(call, actor=call.person)
        yield now + EVERY
