"""The two sides at work: steps, remarks and counter-proposals, signatures."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms.service_form import add_refusal
from core.access import signed_in
from core.errors import InvalidInput, Refused
from sla import services, workflow
from sla.forms.agreements import CarryForm, RemarkForm, SignForm, StepForm
from sla.models import Clause, Remark, Target
from sla.selectors.agreements import ordinary_days
from sla.views.agreements import back_to, shown, version_for

ANSWERS = ("accept", "decline", "withdraw")


@require_POST
@signed_in
def take_step(request, agreement, v, step):
    """One step of the life cycle."""
    version = version_for(request, agreement, v)
    if step not in workflow.BY_NAME:
        raise Http404
    form = StepForm(request.POST)
    if form.is_valid():
        try:
            services.take_step(version, step, actor=request.user, **form.cleaned_data)
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        else:
            return back_to(version)
    return shown(request, version, status=422, step_form=form, refused_step=step)


@require_POST
@signed_in
def remark(request, agreement, v):
    """Say something about a clause (`clause`), a target (`target`) or the whole version."""
    version = version_for(request, agreement, v)
    clause, target = _row(Clause, version, request, "clause"), _row(Target, version, request, "target")
    day = ordinary_days([target])[target.calendar_id] if target else None
    form = RemarkForm(request.POST, clause=clause, target=target, day=day)
    if form.is_valid():
        try:
            services.remark(
                version, actor=request.user, body=form.cleaned_data["body"], clause=clause, target=target,
                proposal=form.proposal(),
            )  # fmt: skip
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        else:
            return back_to(version, "remarks")
    about = ("target", target.pk) if target else ("clause", clause.pk) if clause else ("", 0)
    return shown(request, version, status=422, refused_remark=form, refused_about=about)


@require_POST
@signed_in
def answer_remark(request, agreement, v, remark, answer):
    version = version_for(request, agreement, v)
    if answer not in ANSWERS:
        raise Http404
    services.answer_remark(get_object_or_404(Remark, pk=remark, version=version), answer, actor=request.user)
    return back_to(version, "remarks")


@require_POST
@signed_in
def sign(request, agreement, v):
    """Sign the content that the page showed."""
    version = version_for(request, agreement, v)
    form = SignForm(request.POST)
    if not form.is_valid():
        return shown(request, version, status=422, sign_form=form)
    services.sign(version, actor=request.user, **form.cleaned_data)
    messages.success(request, _("You have signed."))
    return back_to(version)


@require_POST
@signed_in
def carry_over(request, agreement, v):
    """Let open tickets that count by an older version follow this one, in the background."""
    version = version_for(request, agreement, v)
    form = CarryForm(request.POST)
    if not form.is_valid():
        return shown(request, version, status=422, carry_form=form)
    if not version.is_binding:
        raise Refused(_("Only a version in force can be carried to open tickets."))
    services.start_recalculation(agreement=version.agreement, mode=form.cleaned_data["mode"], actor=request.user)
    messages.success(request, _("Open tickets follow in the background."))
    return back_to(version)


def _row(model, version, request, name):
    typed = request.POST.get(name, "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 18):
        raise Http404
    return get_object_or_404(model, pk=typed, version=version)
