"""Plans: the list with its money, one with its lines, and planning a course for somebody, from a gap or by hand."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Team
from core import clock
from core.access import desk_view
from core.errors import NotAllowed
from training import rules, services
from training.forms.courses import ItemForm, PlanForm
from training.models import Plan, PlanItem
from training.selectors.needs import needs
from training.selectors.plans import lines_of, money_of, plans_for
from training.views.asking import asked, number_in, posted


@desk_view
@require_safe
def listing(request):
    after = number_in(request, "after")
    plans, following = plans_for(request.user, after)
    context = {"plans": plans, "next": following, "is_first": not after, "may_begin": _teams(request).exists()}
    return render(request, "training/plans.html", context)


@desk_view
@require_safe
def page(request, pk):
    plan = _found(request, pk)
    lines = lines_of(plan)
    context = {
        "plan": plan,
        "lines": lines,
        "money": money_of(plan, lines),
        "may_keep": rules.keeps_plan(request.user, plan),
        "steps": plan.workflow.available(request.user, plan),
    }
    return render(request, "training/plan.html", context)


@desk_view
def edit(request, pk=None):
    plan = _found(request, pk) if pk else None
    if plan is not None and not rules.keeps_plan(request.user, plan):
        raise NotAllowed
    form = PlanForm(_teams(request), posted(request), instance=plan)
    return asked(
        request, form, lambda given: services.keep_plan(plan, actor=request.user, **given),
        title=str(plan) if plan else _("New plan"), leads_to=_its_page,
        back=reverse("training:plan", args=[pk]) if pk else reverse("training:plans"),
    )  # fmt: skip


@require_POST
@desk_view
def step(request, pk, name):
    plan = _found(request, pk)
    services.step_plan(plan, name, actor=request.user)
    return redirect("training:plan", pk)


@desk_view
def add(request, team):
    """Plan a course for somebody of a team; ?skill names the gap that it is to close."""
    found = get_object_or_404(Team.objects.visible_to(request.user).active(), pk=team)
    if not rules.plans_for(request.user, found.pk):
        raise NotAllowed
    need = _need(request, found)
    initial = {"person": number_in(request, "person") or None}
    if need is not None:
        asked_by = ", ".join(dict.fromkeys(str(one.about) for one in need.asked_by))
        words = {"skill": need.skill.name, "level": need.level, "asked_by": asked_by}
        initial["reason"] = (_("Gap: %(skill)s %(level)s, asked for by %(asked_by)s") % words)[:300]
    form = ItemForm(found, posted(request), need=need, initial=initial)
    courses = list(form.fields["course"].queryset[:2])
    if len(courses) == 1:
        form.initial["course"] = courses[0].pk
    return asked(
        request, form, lambda given: services.add_item(actor=request.user, team=found, **given),
        title=_("Plan a course: %(team)s") % {"team": found.name},
        leads_to=lambda item: ("training:plan", item.plan_id),
        back=reverse("training:gaps") + f"?team={found.pk}", need=need, courses=courses,
    )  # fmt: skip


@require_POST
@desk_view
def drop(request, pk):
    visible = PlanItem.objects.filter(plan__in=Plan.objects.visible_to(request.user))
    item = get_object_or_404(visible.select_related("plan", "person"), pk=pk)
    services.drop_item(item, actor=request.user)
    return redirect("training:plan", item.plan_id)


def _need(request, team):
    """What the team needs of the skill that the address names."""
    if not (skill := number_in(request, "skill")):
        return None
    found = needs(request.user, timezone.localdate(clock.now()), {team.pk})
    need = next((one for one in found if one.skill.pk == skill), None)
    if need is None:
        raise Http404
    return need


def _its_page(plan):
    return "training:plan", plan.pk


def _found(request, pk):
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("team"), pk=pk)


def _teams(request):
    """Teams that one may plan for."""
    teams = Team.objects.visible_to(request.user).active()
    return teams if rules.approves_plan(request.user, None) else teams.filter(pk__in=request.user.led_team_ids)
