"""Meetings of a board: calling one, holding it with everybody's own votes, the minutes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from changes import rules, services
from changes.forms.meetings import CallForm, CancelForm, CloseForm, NoteForm
from changes.models import Board, BoardMeeting
from changes.selectors.agenda import agenda_of
from core.access import desk_view
from core.errors import NotAllowed, Refused
from tickets.selectors import approving
from tickets.services.approving import decide


def _found(request, pk):
    visible = BoardMeeting.objects.visible_to(request.user).select_related("board__chair", "closed_by")
    return get_object_or_404(visible, pk=pk)


@desk_view
def call(request, pk):
    """Call a meeting of a board."""
    board = get_object_or_404(Board.objects.visible_to(request.user).filter(is_active=True), pk=pk)
    form = CallForm(request.POST if request.method == "POST" else None)
    title = _("Call a meeting: %(name)s") % {"name": board.name}
    return _asked(
        request, form, title, _("Call a meeting"), reverse("changes:boards"),
        lambda given: services.call_meeting(board, actor=request.user, **given),
    )  # fmt: skip


@desk_view
def move(request, pk):
    """Another time or place for a meeting that has not begun."""
    one = _found(request, pk)
    initial = {"starts_at": one.starts_at, "place": one.place}
    form = CallForm(request.POST if request.method == "POST" else None, initial=initial)
    title = _("Move the meeting: %(name)s") % {"name": one}
    return _asked(
        request, form, title, pgettext("meeting", "Move"), reverse("changes:meeting", args=[pk]),
        lambda given: services.move_meeting(one, actor=request.user, **given),
    )  # fmt: skip


@desk_view
def cancel(request, pk):
    """It does not take place, and the members are told why."""
    one = _found(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    title = _("Cancel the meeting: %(name)s") % {"name": one}
    return _asked(
        request, form, title, _("Cancel the meeting"), reverse("changes:meeting", args=[pk]),
        lambda given: services.cancel_meeting(one, actor=request.user, **given),
    )  # fmt: skip


def _asked(request, form, title, submit, back, command):
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("changes:meeting", command(form.cleaned_data).pk)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    context = {"form": form, "title": title, "submit": submit, "back": back}
    return render(request, "changes/kept.html", context, status=status)


@desk_view
@require_safe
def meeting(request, pk):
    """The agenda, one change after the other, with the votes so far and one's own to give; then the minutes."""
    return _page(request, _found(request, pk))


@desk_view
@require_POST
def begin(request, pk):
    services.open_meeting(_found(request, pk), actor=request.user)
    return redirect("changes:meeting", pk)


@desk_view
@require_POST
def note(request, pk, item):
    one = _found(request, pk)
    row = get_object_or_404(one.agenda.visible_to(request.user).select_related("meeting__board"), pk=item)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, one, status=422)
    services.note_on_agenda(row, actor=request.user, note=form.cleaned_data["note"])
    messages.success(request, _("Saved."))
    return redirect("changes:meeting", pk)


@desk_view
@require_POST
def approve(request, pk, slot):
    """One's own vote for a change on the agenda; to reject it takes a reason, on the page of the vote."""
    one = _found(request, pk)
    on_agenda = one.agenda.visible_to(request.user).values("change")
    vote = get_object_or_404(approving.waiting_for(request.user).filter(ticket__in=on_agenda), pk=slot)
    try:
        decide(vote, actor=request.user, approve=True)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("changes:meeting", pk)


@desk_view
@require_POST
def close(request, pk):
    one = _found(request, pk)
    form = CloseForm(one.board, request.POST)
    status = 422
    if form.is_valid():
        try:
            services.close_meeting(one, actor=request.user, **form.cleaned_data)
            return redirect("changes:meeting", pk)
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return _page(request, one, form=form, status=status)


def _page(request, one, *, form=None, status=200):
    context = {
        "meeting": one,
        "board": one.board,
        "agenda": agenda_of(one, request.user),
        "may_lead": rules.leads_board(request.user, one.board),
        "present": list(one.present.all()),
        "form": form or CloseForm(one.board),
    }
    return render(request, "changes/meeting.html", context, status=status)
