"""Recurrences that were found: the list, one with its incidents, and what somebody decides about it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from core.access import desk_view
from core.errors import NotAllowed, Refused
from problems import rules, services
from problems.forms.recurring import AcceptForm, DismissForm, MergeForm
from problems.models import Proposal
from problems.recurring.vocabulary import ProposalState
from problems.selectors import proposals as told

SHOWN = 100


@desk_view
@require_safe
def proposals(request):
    """What waits to be decided, or what was decided in one way."""
    asked = request.GET.get("state", "")
    state = asked if asked in ProposalState.values else ProposalState.OPEN
    page = told.page_of(request.user, state=state, after=request.GET.get("after", "")[:30])
    context = {"page": page, "state": state, "states": ProposalState.choices}
    return render(request, "problems/proposals/list.html", context)


@desk_view
@require_safe
def proposal(request, pk):
    """Why it was proposed, with exactly the incidents it is about."""
    return _page(request, _found(request, pk))


@desk_view
@require_POST
def accept(request, pk):
    one, form = _found(request, pk), AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, one, accept=form, status=422)
    try:
        problem = services.accept(one, actor=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _refused(request, pk, "accept", form, refusal)
    messages.success(request, _("Ticket %(number)s was opened.") % {"number": problem.number})
    return redirect("problems:problem", problem.number)


@desk_view
@require_POST
def merge(request, pk):
    one = _found(request, pk)
    form = MergeForm(request.user, one, request.POST)
    if not form.is_valid():
        return _page(request, one, merge=form, status=422)
    problem, other = form.cleaned_data["into"], form.cleaned_data["other"]
    try:
        if problem is not None:
            services.merge_into_problem(one, problem, actor=request.user)
        else:
            services.merge_into_proposal(one, other, actor=request.user)
    except Refused as refusal:
        return _refused(request, pk, "merge", form, refusal)
    messages.success(request, _("Merged."))
    return redirect("problems:problem", problem.number) if problem else redirect("problems:proposal", other.pk)


@desk_view
@require_POST
def dismiss(request, pk):
    one, form = _found(request, pk), DismissForm(request.POST)
    if not form.is_valid():
        return _page(request, one, dismiss=form, status=422)
    try:
        services.dismiss(one, actor=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _refused(request, pk, "dismiss", form, refusal)
    messages.success(request, _("Dismissed."))
    return redirect("problems:proposals")


def _found(request, pk):
    return get_object_or_404(Proposal.objects.visible_to(request.user).select_related(*told.RELATED), pk=pk)


def _refused(request, pk, name, form, refusal):
    """The page as it stands now, with what was typed and why it was not done."""
    if isinstance(refusal, NotAllowed):
        raise refusal
    add_refusal(form, refusal)
    return _page(request, _found(request, pk), status=refusal.status, **{name: form})


def _page(request, one, *, status=200, **bound):
    """`bound` is the form that was sent and has errors, by its name: its part of the page stands open."""
    user = request.user
    (row,) = told.tell(user, [one])
    may_decide = one.is_open and rules.decides_proposals(user, one)
    forms = {
        "accept": bound.get("accept") or AcceptForm(initial={"title": row.why[:200]}),
        "merge": bound.get("merge") or MergeForm(user, one),
        "dismiss": bound.get("dismiss") or DismissForm(),
    }
    context = {
        "row": row,
        "proposal": one,
        "incidents": list(told.incidents_of(user, one)[:SHOWN]),
        "may_decide": may_decide,
        "fitting": list(told.problems_for(user, one)) if may_decide else [],
        "forms": forms,
        "wrong": [error for form in bound.values() for error in form.non_field_errors()],
        "sent": next(iter(bound), ""),
    }
    return render(request, "problems/proposals/proposal.html", context, status=status)
