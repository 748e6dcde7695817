"""Moving a ticket: transitions, replies, properties, and everything beside the life cycle."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import desk_view
from core.errors import InvalidInput, NotAllowed, Refused, Stale
from core.htmx import go_to
from portal.confirming import knowing
from portal.desk import beside, commands, learning, relating
from portal.desk.access import found, version_of
from portal.desk.forms import ComposerForm, DeskTransitionForm, PriorityForm, PropertiesForm
from portal.desk.views.answering import (
    duties_answer,
    problem_answer,
    resolved_answer,
    stale_answer,
    ticket_answer,
    told_in_form,
    unreadable_answer,
)
from tickets import services as tickets
from tickets.models import Draft, TicketLink


@desk_view
def transition(request, number, name):
    """A transition's dialog, and the transition itself. What needs no input is a button that posts at once."""
    ticket = found(request, number)
    step = ticket.typed.workflow.get(name)
    if step.is_system:
        raise Http404
    is_sent = request.method == "POST"
    if name == "claim" and is_sent:
        return _claim(request, ticket)
    form_of_step = learning.ResolveForm if name == "resolve" else DeskTransitionForm
    form = form_of_step(step, ticket.typed, request.user, request.POST if is_sent else None)
    if not is_sent:
        form.initial.update({key: request.GET[key] for key in ("team",) if request.GET.get(key)})
    if is_sent and form.is_valid():
        try:
            with knowing(request):
                draft = _taken(request, ticket, name, form)
            if draft:
                told = _("%(number)s is resolved. Now write down what solved it.")
                messages.success(request, told % {"number": number})
                return go_to(request, reverse("knowledge:edit", args=[draft.pk]))
            return ticket_answer(request, number, _("Done: %(action)s.") % {"action": step.label})
        except Stale as stale:
            return stale_answer(request, ticket, stale)
        except NotAllowed:
            raise
        except Refused as refusal:
            told_in_form(form, refusal)
            if not step.fields:
                return _refused(request, number, refusal)
            return _dialog(request, ticket, step.label, form, icon=step.icon, tone=step.tone, status=refusal.status)
    hint = _duties_hint(ticket) if name == "resolve" else ""
    status = 422 if is_sent else 200
    return _dialog(request, ticket, step.label, form, icon=step.icon, tone=step.tone, hint=hint, status=status)


def _taken(request, ticket, name, form):
    """Take a transition. Returns the draft that resolving goes on to, else None."""
    if name == "resolve":
        return learning.resolve(ticket, form, actor=request.user, version=version_of(request))
    tickets.take_transition(ticket, name, actor=request.user, values=form.values(), version=version_of(request))
    return None


@desk_view
@require_POST
def say(request, number):
    """A public reply or an internal note with files; or the reply that resolves."""
    ticket = found(request, number)
    form = ComposerForm(request.POST)
    uploads, then = request.FILES.getlist("files"), request.POST.get("then")
    resolves = then == "resolve"
    try:
        body = _checked(form)["body"]
        is_internal = not resolves and (request.POST.get("mode") == "internal" or then == "note")
        if resolves and request.htmx and "anyway" not in request.POST and (duties := beside.open_duties(ticket)):
            return duties_answer(request, ticket, duties)
        with knowing(request):
            if resolves:
                code = form.cleaned_data["code"] or "fixed"
                commands.reply_and_resolve(
                    ticket, actor=request.user, body=body, code=code, uploads=uploads, version=version_of(request)
                )
            else:
                tickets.comment(
                    ticket, actor=request.user, body=body, is_internal=is_internal, uploads=uploads,
                    version=version_of(request),
                )  # fmt: skip
    except Stale as stale:
        return stale_answer(request, ticket, stale)
    except tickets.UnreadableArticles as refusal:
        return unreadable_answer(request, ticket, refusal)
    except NotAllowed:
        raise
    except Refused as refusal:
        if request.htmx:
            return problem_answer(request, refusal)
        context = {"ticket": ticket, "title": _("Reply"), "form": form, "action": request.path, "typed": request.POST}
        told_in_form(form, refusal)
        return render(request, "desk/action.html", context, status=refusal.status)
    tickets.drop_draft(person=request.user, kind=Draft.Kind.ANSWER, ticket=ticket)
    if resolves:
        return resolved_answer(request, number)
    return ticket_answer(request, number, _("Sent."))


@desk_view
@require_POST
def properties(request, number):
    """Properties edited in place: only what differs is changed."""
    ticket = found(request, number)
    form = PropertiesForm(ticket, request.user, request.POST)
    try:
        _checked(form)
        tickets.edit(ticket, actor=request.user, changes=form.changes(), version=version_of(request))
    except Stale as stale:
        return stale_answer(request, ticket, stale)
    except NotAllowed:
        raise
    except Refused as refusal:
        if request.htmx:
            return problem_answer(request, refusal)
        told_in_form(form, refusal)
        return _dialog(request, ticket, _("Properties"), form, status=refusal.status)
    return ticket_answer(request, number, _("Saved."))


@desk_view
def priority(request, number):
    """Another priority, with the reason that history keeps."""
    ticket = found(request, number)
    wanted = request.GET.get("to", "")
    initial = {"priority": wanted if wanted in ("1", "2", "3", "4") else ticket.priority}
    form = PriorityForm(request.POST or None, initial=initial)
    form.fields["priority_reason"].widget.attrs["autofocus"] = True
    if request.method == "POST" and form.is_valid():
        try:
            tickets.edit(ticket, actor=request.user, changes=form.cleaned_data, version=version_of(request))
            return ticket_answer(request, number, _("Saved."))
        except Stale as stale:
            return stale_answer(request, ticket, stale)
        except NotAllowed:
            raise
        except Refused as refusal:
            told_in_form(form, refusal)
    return _dialog(request, ticket, _("Priority"), form, icon="flag", status=422 if request.method == "POST" else 200)


@desk_view
def more(request, number, name):
    """Macro, snooze, tags, link, merge, split, …: each by its row in the table of acts."""
    ticket = found(request, number)
    act = relating.BY_NAME.get(name)
    if act is None:
        raise Http404
    if not act.allowed(request.user, ticket):
        raise NotAllowed
    is_sent = request.method == "POST"
    form = act.form(request.user, request.POST if is_sent else None)
    status = 200
    if is_sent and form.is_valid():
        try:
            with knowing(request):
                told = act.run(ticket, request.user, form.cleaned_data | {"version": version_of(request)})
            message, other = told if isinstance(told, tuple) else (told, ticket)
            return ticket_answer(request, other.number, message)
        except Stale as stale:
            return stale_answer(request, ticket, stale)
        except NotAllowed:
            raise
        except Refused as refusal:
            told_in_form(form, refusal)
            status = refusal.status
    status = 422 if is_sent and status == 200 else status
    return _dialog(request, ticket, act.label, form, icon=act.icon, hint=act.hint, status=status)


@desk_view
@require_POST
def watch(request, number):
    """Follow the ticket, or stop following it."""
    ticket = found(request, number)
    if request.POST.get("off"):
        tickets.unwatch(ticket, user=request.user, actor=request.user)
        return ticket_answer(request, number, _("You no longer follow this ticket."))
    tickets.watch(ticket, user=request.user, actor=request.user)
    return ticket_answer(request, number, _("You follow this ticket now."))


@desk_view
@require_POST
def unlink(request, number, pk):
    ticket = found(request, number)
    if "link" not in {act.name for act in relating.available(request.user, ticket)}:
        raise NotAllowed
    of_this = TicketLink.objects.filter(pk=pk, source=ticket) | TicketLink.objects.filter(pk=pk, target=ticket)
    made = of_this.select_related("source", "target").first()
    if made is None:
        raise Http404
    tickets.unlink(made, actor=request.user)
    return ticket_answer(request, number, _("The link was removed."))


def _duties_hint(ticket):
    duties = beside.open_duties(ticket)
    return _("Mandatory steps that are still open: %(steps)s") % {"steps": "; ".join(duties)} if duties else ""


def _checked(form) -> dict:
    """Cleaned values, or InvalidInput with every problem under its field's label."""
    if not form.is_valid():
        raise InvalidInput({form.fields[key].label: list(texts) for key, texts in form.errors.items()})
    return form.cleaned_data


def _claim(request, ticket):
    try:
        tickets.take_transition(ticket, "claim", actor=request.user, version=version_of(request))
    except Stale as stale:
        # Somebody was faster: their name says more than a list of changes.
        fresh = found(request, ticket.number)
        if fresh.assignee_id is None:
            return stale_answer(request, ticket, stale)
        name = fresh.assignee.display_name
        return _refused(request, ticket.number, _("%(name)s has already taken it.") % {"name": name})
    except NotAllowed:
        raise
    except Refused as refusal:
        return _refused(request, ticket.number, refusal)
    return ticket_answer(request, ticket.number, _("It is yours now."))


def _refused(request, number, refusal):
    """A button's refusal: the ticket as it stands now, and why."""
    return ticket_answer(request, number, str(refusal), tone="red", status=409, refusal=str(refusal))


def _dialog(request, ticket, title, form, *, icon="", tone="primary", hint="", status=200):
    context = {
        "ticket": ticket,
        "title": title,
        "form": form,
        "action": request.get_full_path() if request.method == "GET" else request.path,
        "icon": icon,
        "tone": tone if tone in ("primary", "green", "orange") else "primary",
        "hint": hint,
        "pane": (request.POST or request.GET).get("pane", ""),
    }
    return render(request, "desk/_dialog.html" if request.htmx else "desk/action.html", context, status=status)
