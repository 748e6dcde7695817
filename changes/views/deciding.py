"""Assessing a change, and the boards that decide."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms.service_form import add_refusal
from changes import rules, services
from changes.forms.deciding import AssessForm, BoardForm
from changes.models import Board, BoardMeeting
from changes.selectors.risk import impact_of
from changes.views.records import found_change
from core.access import desk_view
from core.errors import NotAllowed, Refused

SHOWN = 30


@desk_view
def assess(request, number):
    """The questions about risk beside what the graph says; the score comes of both."""
    one = found_change(request, number)
    if rules.assess_refusal(one) and request.method != "POST":
        raise Http404
    before = one.assessments.first()
    form = AssessForm(request.POST if request.method == "POST" else None, before=before)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.assess(one, actor=request.user, answers=form.values(), note=form.cleaned_data["note"])
            return redirect("changes:change", number)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"change": one, "form": form, "graph": impact_of(one.item_ids())}
    return render(request, "changes/assess.html", context, status=status)


@desk_view
@require_safe
def boards(request):
    found = Board.objects.visible_to(request.user).select_related("organisation", "chair").prefetch_related("members")
    found = list(found)
    meetings = BoardMeeting.objects.visible_to(request.user).filter(board__in=found)[:SHOWN]
    for one in found:
        one.latest = [meeting for meeting in meetings if meeting.board_id == one.pk]
        one.may_lead = one.is_active and rules.leads_board(request.user, one)
    context = {"boards": found, "may_keep": rules.keeps_boards(request.user)}
    return render(request, "changes/boards.html", context)


@desk_view
def board(request, pk=None):
    """Write a board; for change managers and administrators."""
    if not rules.keeps_boards(request.user):
        raise NotAllowed()
    one = get_object_or_404(Board.objects.visible_to(request.user), pk=pk) if pk else Board()
    form = BoardForm(request.user, request.POST if request.method == "POST" else None, instance=one)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_board(one, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("changes:boards")
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"form": form, "title": one.name if one.pk else _("New board"), "back": reverse("changes:boards")}
    return render(request, "changes/kept.html", context, status=status)
