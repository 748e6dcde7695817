"""Skills: the desk sees who can do what; managers say so, and say what work asks for."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import rules
from accounts import services as people
from accounts.models import Skill, User
from core import clock
from core.access import desk_view
from core.errors import NotAllowed, Refused
from portal.desk import skill_forms as forms
from portal.desk.views.answering import told_in_form
from tickets.models import SkillRequirement
from tickets.selectors.skills import coverage
from tickets.services import skills


@desk_view
@require_safe
def listing(request):
    """Every skill with its holders, single holders and gaps marked."""
    context = {"rows": coverage(request.user, _today()), "may_keep": rules.keeps_skills(request.user)}
    return render(request, "desk/skills.html", context)


@desk_view
def new(request):
    if not rules.keeps_skills(request.user):
        raise NotAllowed
    form = forms.SkillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            skill = people.save_skill(None, actor=request.user, **form.cleaned_data)
            return redirect("desk:skill", skill.pk)
        except Refused as refusal:
            told_in_form(form, refusal)
    return _page(request, None, form=form, status=422 if request.method == "POST" else 200)


@desk_view
def page(request, pk):
    """One skill: who has it, what asks for it, its names. `act` says which of its forms was sent."""
    skill = get_object_or_404(Skill, pk=pk)
    if request.method != "POST":
        return _page(request, skill)
    if not rules.keeps_skills(request.user):
        raise NotAllowed
    made = _FORMS.get(request.POST.get("act"), _FORMS["form"])
    name, form = made(request, skill)
    try:
        if form.is_valid():
            _DONE[name](request.user, skill, form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("desk:skill", pk)
    except NotAllowed:
        raise
    except Refused as refusal:
        told_in_form(form, refusal)
    return _page(request, skill, status=422, **{name: form})


_FORMS = {
    "form": lambda request, skill: ("form", forms.SkillForm(request.POST, instance=skill)),
    "rating": lambda request, skill: ("rating", forms.RatingForm(request.POST)),
    "requirement": lambda request, skill: ("requirement", forms.RequirementForm(request.user, request.POST)),
}
_DONE = {
    "form": lambda actor, skill, given: people.save_skill(skill, actor=actor, **given),
    "rating": lambda actor, skill, given: people.rate(given.pop("person"), skill, actor=actor, **given),
    "requirement": lambda actor, skill, given: skills.require_skill(skill, actor=actor, **given),
}


@require_POST
@desk_view
def forget(request, pk, user):
    """Somebody has the skill no more."""
    skill = get_object_or_404(Skill, pk=pk)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=user)
    people.forget(person, skill, actor=request.user)
    return redirect("desk:skill", pk)


@require_POST
@desk_view
def drop(request, pk):
    """A service or category asks for it no more."""
    wanted = get_object_or_404(SkillRequirement.objects.visible_to(request.user).select_related("skill"), pk=pk)
    skills.drop_requirement(wanted, actor=request.user)
    return redirect("desk:skill", wanted.skill_id)


def _page(request, skill, *, status=200, **shown):
    context = {
        "skill": skill,
        "may_keep": rules.keeps_skills(request.user),
        "form": shown.get("form") or forms.SkillForm(instance=skill),
        "rating": shown.get("rating") or forms.RatingForm(),
        "requirement": shown.get("requirement") or forms.RequirementForm(request.user),
        "row": coverage(request.user, _today(), [skill])[0] if skill else None,
    }
    return render(request, "desk/skill.html", context, status=status)


def _today():
    return timezone.localdate(clock.now())
