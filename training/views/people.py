"""Somebody's skills: one's own page, and the page of a person for whoever rates them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import rules
from accounts import services as people
from accounts.forms.service_form import add_refusal
from accounts.models import PersonSkill, Skill, SkillClaim, User
from core import clock
from core.access import desk_view
from core.errors import NotAllowed, Refused
from core.panels import panels_on
from training.forms.skills import ClaimForm, ConfirmForm, DeclineForm, RateForm
from training.rules import plans_for
from training.selectors import people as selectors
from training.selectors.plans import planned_of, stage_of
from training.selectors.reports import gaps_of
from training.selectors.sessions import enrolments_to_come
from training.sentences import sentence


@desk_view
def me(request):
    """One's own skills, gaps and what one learns. What is sent is a claim: somebody else confirms it."""
    form = ClaimForm(request.POST if request.method == "POST" else None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            people.claim(given.pop("skill"), actor=request.user, **given)
            messages.success(request, _("Said. Whoever leads you confirms it."))
            return redirect("training:me")
        except Refused as refusal:
            add_refusal(form, refusal)
    return _page(request, request.user, form)


@desk_view
def person(request, pk):
    """Somebody's skills; whoever rates them says what they can do."""
    found = _found(request, pk)
    if found.pk == request.user.pk:
        return redirect("training:me")
    may_rate = rules.rates(request.user, found)
    form = (
        RateForm(request.POST if request.method == "POST" else None, initial=_initial(request, found))
        if may_rate
        else None
    )
    if request.method == "POST":
        if not may_rate:
            raise NotAllowed
        if form.is_valid():
            given = form.cleaned_data
            try:
                people.rate(found, given.pop("skill"), actor=request.user, **given)
                messages.success(request, _("Saved."))
                return redirect("training:person", pk)
            except Refused as refusal:
                add_refusal(form, refusal)
    return _page(request, found, form)


@require_POST
@desk_view
def forget(request, pk, skill):
    found = _found(request, pk)
    people.forget(found, get_object_or_404(Skill, pk=skill), actor=request.user)
    return redirect("training:person", pk)


@desk_view
def confirm(request, pk):
    """Believe what somebody says of themselves."""
    made = _claim(request, pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return _settled(request, made, form, _("Confirm the claim"), _("Confirm"), people.confirm_claim)


@desk_view
def decline(request, pk):
    made = _claim(request, pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    return _settled(request, made, form, _("Do not confirm the claim"), _("Do not confirm"), people.decline_claim)


def _settled(request, made, form, title, submit, command):
    if request.method == "POST" and form.is_valid():
        try:
            command(made, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("training:person", made.user_id)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {"form": form, "title": title, "submit": submit, "claim": made}
    return render(request, "training/claim.html", context, status=422 if form.is_bound else 200)


def _found(request, pk):
    found = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not found.is_staff_member:
        raise Http404
    return found


def _claim(request, pk):
    """What somebody claimed, for whoever may settle it."""
    visible = User.objects.visible_to(request.user)
    made = get_object_or_404(SkillClaim.objects.filter(user__in=visible).select_related("user", "skill"), pk=pk)
    if not rules.rates(request.user, made.user):
        raise NotAllowed
    return made


def _initial(request, found=None):
    """The skill that a button of a page asks about, with what is held of it."""
    asked = request.GET.get("skill", "")
    skill = (
        Skill.objects.filter(pk=asked).first() if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    )
    if skill is None:
        return {}
    held = PersonSkill.objects.filter(user=found or request.user, skill=skill).values(
        "level", "evidence", "link", "expires_on"
    )  # fmt: skip
    return {"skill": skill.pk} | (held.first() or {})


def _page(request, found, form):
    today = timezone.localdate(clock.now())
    history = selectors.history_of(found)
    names = selectors.names_of_skills(history)
    gaps = gaps_of(found, request.user, today)
    context = {
        "person": found,
        "is_me": found.pk == request.user.pk,
        "may_rate": rules.rates(request.user, found),
        "form": form,
        "held": selectors.skills_of(found, today),
        "claims": selectors.claims_of(found),
        "gaps": gaps,
        "plans_for": {need.team.pk for need, _own in gaps if need.team and plans_for(request.user, need.team.pk)},
        "history": [(event, sentence(event, names)) for event in history],
        "planned": planned_of(found, request.user),
        "enrolments": [(one, stage_of(one)) for one in enrolments_to_come(found)],
        "assessments": list(found.assessments.select_related("course__skill", "assessor")[:20]),
        "panels": panels_on("learning", request, found),
    }
    return render(request, "training/person.html", context, status=422 if form is not None and form.is_bound else 200)
