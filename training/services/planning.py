"""Plans: who of a team is to learn what in a year, within a budget."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Team
from accounts.services.writing import apply, checked
from core.errors import InvalidInput, NotAllowed, Refused
from events.services import publish
from training import rules
from training.models import Plan, PlanItem
from training.selectors.plans import cost_of_lines
from training.workflow import APPROVED, CLOSED, DRAFT

FIELDS = ("budget", "note")


@transaction.atomic
def keep_plan(plan, *, actor, team=None, year=None, **values) -> Plan:
    """Begin a plan (None) for a team and a year, or change its budget and note while it is a draft.

    Publishes `training-plan.kept`. Raises NotAllowed, InvalidInput (there is one already), Refused (approved).
    """
    if plan is None:
        plan = Plan(team=Team.objects.select_for_update(of=("self",)).get(pk=team.pk), year=year)
    else:
        plan = locked(plan)
    if actor is not None and not rules.keeps_plan(actor, plan):
        raise NotAllowed()
    if plan.state != DRAFT.key:
        raise Refused(_("Only a draft can be changed: take the plan back to draft first."))
    changes = apply(plan, values, FIELDS)
    checked(plan).save()
    publish("training-plan.kept", subject=plan, actor=actor, is_public=False, changes=changes)
    return plan


@transaction.atomic
def step_plan(plan, name, *, actor) -> Plan:
    """Take a step of the life of a plan. Publishes `training-plan.<done>`.

    Raises NotAllowed, Refused (not from here; its lines cost more than its budget).
    """
    plan = locked(plan)
    step = plan.workflow.check(name, actor, plan, {})
    plan.state = step.target.key
    if plan.state == APPROVED.key:
        refuse_beyond_budget(plan)
    plan.save(update_fields=["state"])
    publish(f"training-plan.{step.done}", subject=plan, actor=actor, is_public=False)
    return plan


@transaction.atomic
def add_item(*, actor, team, year, person, course, reason="") -> PlanItem:
    """Plan a course for somebody in the plan of a team and a year, which begins as a draft when there is none.

    Publishes `training-plan.item_added`. Raises NotAllowed, InvalidInput (not of the team, planned already), Refused
    (the plan is closed; approved and too dear).
    """
    if actor is not None and not rules.plans_for(actor, team.pk):
        raise NotAllowed()
    plan = locked(
        Plan.objects.filter(team=team, year=year).first() or keep_plan(None, actor=actor, team=team, year=year)
    )
    if plan.state == CLOSED.key:
        raise Refused(_("This plan is closed."))
    if not team.members.filter(pk=person.pk, is_active=True).exists():
        raise InvalidInput({"person": [_("%(name)s is not in the team.") % {"name": person.display_name}]})
    if plan.items.filter(person=person, course=course).exists():
        raise InvalidInput({"person": [_("This course is planned for %s already.") % person.display_name]})
    item = PlanItem(plan=plan, person=person, course=course, cost=course.cost)
    apply(item, {"reason": reason}, ("reason",))
    checked(item).save()
    if plan.state == APPROVED.key:
        refuse_beyond_budget(plan)
    facts = {"item": item.pk, "person": person.pk, "course": course.pk, "skill": course.skill_id, "told": [person.pk]}
    publish("training-plan.item_added", subject=plan, actor=actor, is_public=False, **facts)
    return item


@transaction.atomic
def drop_item(item, *, actor) -> None:
    """Plan it no more; publishes `training-plan.item_dropped`. Raises NotAllowed, Refused (closed, enrolled)."""
    plan = locked(item.plan)
    if actor is not None and not rules.keeps_plan(actor, plan):
        raise NotAllowed()
    if plan.state == CLOSED.key:
        raise Refused(_("This plan is closed."))
    if item.enrolments.exists():
        raise Refused(_("%s is enrolled for it: withdraw the enrolment first.") % item.person.display_name)
    facts = {"item": item.pk, "person": item.person_id, "course": item.course_id}
    publish("training-plan.item_dropped", subject=plan, actor=actor, is_public=False, **facts)
    item.delete()


def locked(plan) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related("team").get(pk=plan.pk)


def refuse_beyond_budget(plan):
    """The plan is locked: nobody else adds a line meanwhile."""
    cost = cost_of_lines(plan)
    if cost > plan.budget:
        words = _("The lines cost %(cost)s CNY, the budget is %(budget)s CNY.")
        raise Refused(words % {"cost": cost, "budget": plan.budget})
