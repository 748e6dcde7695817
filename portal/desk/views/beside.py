"""What lies beside a ticket: its checklist, its minutes, one's own snooze, drafts, canned replies, and undo."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.access import desk_view
from core.errors import NotAllowed, Refused
from core.htmx import go_to
from core.reading import reading_as
from portal.desk import bulk
from portal.desk.access import found
from portal.desk.views.answering import ticket_answer
from tickets import placeholders
from tickets import services as tickets
from tickets.models import CannedReply, Draft, Tag, Ticket

REPLIES = 8
# Suggested tags come from this many of the newest tickets: enough to know what is in use, few enough to stay fast.
RECENT = 2_000
SUGGESTED = 50
# What a draft keeps of each form; a new ticket's files and keys are not typed.
DRAFTED = {
    Draft.Kind.ANSWER: ("body", "mode", "code"),
    Draft.Kind.NEW: (
        "caller", "title", "description", "service", "category", "impact", "urgency", "channel", "contact", "place",
        "solution",
    ),
}  # fmt: skip


@desk_view
@require_POST
def step(request, number, pk):
    """Tick a step off, open it again, or remove it."""
    ticket = found(request, number)
    item = ticket.checklist.select_related("ticket").filter(pk=pk).first()
    if item is None:
        raise Http404
    if request.POST.get("remove"):
        tickets.remove_step(item, actor=request.user)
    else:
        tickets.tick_step(item, actor=request.user, is_done=request.POST.get("done") == "1")
    return ticket_answer(request, number)


@desk_view
@require_POST
def remove_time(request, number, pk):
    ticket = found(request, number)
    entry = ticket.time_entries.visible_to(request.user).select_related("ticket").filter(pk=pk).first()
    if entry is None:
        raise Http404
    tickets.remove_time(entry, actor=request.user)
    return ticket_answer(request, number, _("Taken back."))


@desk_view
@require_POST
def wake(request, number):
    tickets.wake(found(request, number), actor=request.user)
    return ticket_answer(request, number, _("Back in your views."))


@desk_view
@require_GET
def replies(request, number):
    """Canned replies for what was typed after `::`, filled in for this ticket and in its reader's language."""
    ticket = found(request, number)
    reader = request.user if request.GET.get("mode") == "internal" else ticket.requester or request.user
    typed = request.GET.get("q", "")[:30].casefold()
    offered = CannedReply.objects.visible_to(request.user).filter(is_active=True)[:200]
    fitting = [
        row for row in offered if any(typed in text.casefold() for text in (row.shortcut, row.name_zh, row.name_en))
    ]
    fitting.sort(key=lambda row: not row.shortcut.startswith(typed))
    with reading_as(reader):
        texts = [placeholders.filled(row.body_for(reader.language), ticket, request.user) for row in fitting[:REPLIES]]
    return render(request, "desk/_replies.html", {"replies": list(zip(fitting, texts, strict=False))})


@desk_view
@require_GET
def known_tags(request):
    """The tags in most use on what the reader sees, as suggestions."""
    seen = Ticket.objects.visible_to(request.user).order_by("-pk").values("pk")[:RECENT]
    used = Tag.objects.filter(tickets__in=seen).annotate(uses=Count("tickets")).order_by("-uses", "name")
    return render(request, "desk/_known_tags.html", {"tags": used[:SUGGESTED]})


@desk_view
@require_POST
def draft(request, kind, number=None):
    """Keep what was typed so far; an empty form drops it."""
    if kind not in DRAFTED or (kind == Draft.Kind.ANSWER) != (number is not None):
        raise Http404
    ticket = found(request, number) if number else None
    typed = {name: request.POST.get(name, "") for name in DRAFTED[kind]}
    if not any(typed[name].strip() for name in ("body", "title", "description", "caller") if name in typed):
        typed = {}
    tickets.keep_draft(person=request.user, kind=kind, ticket=ticket, values=typed)
    return HttpResponse(status=204)


@desk_view
@require_POST
def undo(request):
    """Take back the last act; a bulk act row by row, as a bulk act of its own."""
    act, job = tickets.last_act(request.user), bulk.last_done(request.user)
    if job is not None and (not act or act[0].recorded_at <= job.finished_at):
        undoing = bulk.order_undo(job)
        bulk.run(undoing.pk)
        return go_to(request, reverse("desk:bulk-job", args=[undoing.pk]))
    try:
        ticket = tickets.undo(act, actor=request.user)
    except NotAllowed:
        messages.warning(request, _("What would undo it is not yours to do."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Undone on %(number)s.") % {"number": ticket.number})
    here = request.htmx.current_url_abs_path if request.htmx else None
    return go_to(request, here or reverse("desk:queue"))
