"""Plans with their lines: how far each has come, and what is planned, committed and spent."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q
from django.utils import timezone

from training.models import Enrolment, Plan, PlanItem
from training.vocabulary import Seat, Stage
from training.workflow import APPROVED, CANCELLED, CLOSED, HELD, PLANNED

PAGE = 50


@dataclass(frozen=True)
class Line:
    """A line of a plan; `enrolment` is the latest. Money in CNY."""

    item: PlanItem
    stage: Stage
    enrolment: Enrolment | None
    planned: Decimal
    committed: Decimal
    spent: Decimal


@dataclass(frozen=True)
class Money:
    """Of a plan, in CNY. What a session that was held has cost is spent, whoever came; a seat in one that is to be
    held is committed; what has neither yet is planned."""

    budget: Decimal
    planned: Decimal
    committed: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        return self.budget - self.planned - self.committed - self.spent


def lines_of(plan) -> list[Line]:
    """Two queries, however many lines; none for a plan of `with_lines`."""
    is_read = "items" in getattr(plan, "_prefetched_objects_cache", {})
    return [_line(item) for item in (plan.items.all() if is_read else _with_enrolments(plan.items))]


def money_of(plan, lines) -> Money:
    parts = ([getattr(line, name) for line in lines] for name in ("planned", "committed", "spent"))
    return Money(plan.budget, *(sum(part, Decimal(0)) for part in parts))


def cost_of_lines(plan) -> Decimal:
    """What all its lines cost together, planned, committed or spent."""
    money = money_of(plan, lines_of(plan))
    return money.planned + money.committed + money.spent


def plans_for(user, after=0):
    """(plans, next): one page of the plans that one may see, the latest year first, each with `lines` and `money`.

    It begins after the plan with the key `after`; `next` is the key after which the following page does, or 0.
    """
    found = Plan.objects.visible_to(user)
    last = Plan.objects.filter(pk=after).values_list("year", "team__slug").first() if after else None
    if last:
        found = found.filter(Q(year__lt=last[0]) | Q(year=last[0], team__slug__gt=last[1]))
    plans = list(with_lines(found)[: PAGE + 1])
    return [filled(plan) for plan in plans[:PAGE]], plans[PAGE - 1].pk if len(plans) > PAGE else 0


def with_lines(plans):
    """Plans ready for `filled`: three queries for all of them."""
    return plans.select_related("team").prefetch_related(Prefetch("items", _with_enrolments(PlanItem.objects)))


def filled(plan) -> Plan:
    """The plan with `lines` and `money`."""
    plan.lines = lines_of(plan)
    plan.money = money_of(plan, plan.lines)
    return plan


def item_for(person, course, at) -> PlanItem | None:
    """The line of an approved plan that pays for a course that somebody takes at an instant."""
    plans = Plan.objects.filter(year=timezone.localtime(at).year, state=APPROVED.key)
    found = PlanItem.objects.filter(person=person, course=course, plan__in=plans)
    return found.select_related("plan").order_by("pk").first()


def planned_of(person, user) -> list[Line]:
    """What is planned for somebody and not passed yet, as far as `user` sees the plans."""
    plans = Plan.objects.visible_to(user).exclude(state=CLOSED.key)
    items = _with_enrolments(PlanItem.objects.filter(person=person, plan__in=plans))
    lines = [_line(item) for item in items.select_related("plan__team", "course__skill")]
    return [line for line in lines if line.stage != Stage.PASSED]


def planned_for_session(session):
    """Lines of approved plans of its year whose people take the course and have no seat anywhere yet."""
    year = timezone.localtime(session.starts_at).year
    found = PlanItem.objects.filter(course=session.course, plan__year=year, plan__state=APPROVED.key)
    seated = Enrolment.objects.filter(session__state__in=(PLANNED.key, HELD.key)).exclude(attended=False)
    return found.exclude(pk__in=seated.values("item")).exclude(person__in=session.enrolments.values("person"))


def _with_enrolments(items):
    enrolments = Enrolment.objects.select_related("session", "assessment").order_by("pk")
    return items.select_related("person", "course__skill").prefetch_related(Prefetch("enrolments", enrolments))


def _line(item):
    every = list(item.enrolments.all())
    counted = [one for one in every if one.session.state != CANCELLED.key]
    spent = item.cost * sum(one.session.state == HELD.key and one.seat == Seat.SEATED for one in counted)
    booked = [one for one in counted if one.session.state == PLANNED.key]
    committed = item.cost * len(booked)
    latest = counted[-1] if counted else None
    planned = Decimal(0) if spent or committed else item.cost
    return Line(item, stage_of(latest), latest, planned, committed, spent)


def stage_of(enrolment) -> Stage:
    """How far somebody has come, by their latest enrolment."""
    if enrolment is None:
        return Stage.PLANNED
    if (assessment := getattr(enrolment, "assessment", None)) is not None:
        return Stage.PASSED if assessment.passed else Stage.FAILED
    if enrolment.session.state == PLANNED.key:
        return Stage.BOOKED if enrolment.seat == Seat.SEATED else Stage.WAITING
    return Stage.ATTENDED if enrolment.attended else Stage.MISSED
