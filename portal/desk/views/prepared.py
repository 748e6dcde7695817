"""Management of what is prepared: canned replies, macros, ticket templates."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core.access import desk_view
from core.errors import NotAllowed, Refused
from portal.desk.preparing_forms import CannedReplyForm, MacroForm, TicketTemplateForm
from portal.desk.views.answering import told_in_form
from tickets import services as tickets
from tickets.models import CannedReply, Macro, TicketTemplate
from tickets.placeholders import PLACEHOLDERS

SHOWN = 200


@dataclass(frozen=True)
class Kind:
    model: type
    form: Callable
    label: str
    new: str
    icon: str
    empty: str


KINDS = {
    "replies": Kind(
        CannedReply, CannedReplyForm, gettext_lazy("Canned replies"), gettext_lazy("New canned reply"), "messages",
        gettext_lazy("Words you write again and again: type :: in an answer and choose."),
    ),
    "macros": Kind(
        Macro, MacroForm, gettext_lazy("Macros"), gettext_lazy("New macro"), "bolt",
        gettext_lazy("Several acts with one key: press m on a ticket, or tick rows of the queue."),
    ),
    "templates": Kind(
        TicketTemplate, TicketTemplateForm, gettext_lazy("Ticket templates"), gettext_lazy("New template"), "stack-2",
        gettext_lazy("Tickets that come again and again, half filled in, with their checklist."),
    ),
}  # fmt: skip


@desk_view
@require_GET
def listing(request, kind):
    """What there is for the reader, the inactive included where it is theirs to change."""
    shown = _kind(kind)
    found = shown.model.objects.visible_to(request.user).select_related("owner", "team")[:SHOWN]
    rows = [(row, row.is_kept_by(request.user)) for row in found if row.is_active or row.is_kept_by(request.user)]
    return _page(request, "desk/prepared.html", kind, rows=rows)


@desk_view
def change(request, kind, pk=None):
    """The form of one, new or there already; other people's are read in the list only."""
    shown = _kind(kind)
    row = shown.model() if pk is None else _found(request, shown, pk)
    if pk is not None and not row.is_kept_by(request.user):
        raise NotAllowed
    form = shown.form(request.user, request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            tickets.keep(row, actor=request.user, **form.values())
            messages.success(request, _("Saved."))
            return redirect("desk:prepared", kind)
        except Refused as refusal:
            told_in_form(form, refusal)
    status = 422 if request.method == "POST" else 200
    return _page(request, "desk/prepared_form.html", kind, row=row, form=form, status=status)


@desk_view
@require_POST
def discard(request, kind, pk):
    tickets.discard(_found(request, _kind(kind), pk), actor=request.user)
    messages.success(request, _("Deleted."))
    return redirect("desk:prepared", kind)


def _kind(kind):
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _found(request, shown, pk):
    row = shown.model.objects.visible_to(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _page(request, template, kind, *, status=200, **context):
    places = [(f"{{{name}}}", label) for name, (label, _value) in PLACEHOLDERS.items()]
    context |= {"kind": kind, "shown": KINDS[kind], "kinds": KINDS.items(), "placeholders": places}
    return render(request, template, context, status=status)
