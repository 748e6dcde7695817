"""Confirm or reopen from the mail, without a login. Why a GET may close a ticket: see core.one_click."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core import one_click
from core.errors import InvalidInput, Refused
from core.reading import reading_as
from notifications import links
from tickets import services as tickets
from tickets.models import Ticket

PAGE = "notifications/answer.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """One click closes the ticket; a click that may be a machine's gets a button instead."""
    return _answer(request, "confirm", token)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request, token):
    """Reopening asks why; only sending the form does anything."""
    return _answer(request, "reopen", token)


def _answer(request, purpose, token):
    user, ticket = _parties(purpose, token)
    if ticket is None:
        return render(request, PAGE, {"outcome": "unknown"}, status=404)
    context = {"ticket": ticket, "purpose": purpose, "reason": request.POST.get("reason", "")}
    with reading_as(user):
        try:
            context["outcome"] = _ACT[purpose](request, user, ticket)
        except InvalidInput as error:
            context |= {"outcome": "ask", "problems": error.fields.get("reason", [])}
        except Refused as refusal:
            context |= {"outcome": "refused", "refusal": refusal}
        context["ticket_url"] = links.ticket_path(ticket, user)
        return render(request, PAGE, context)


def _parties(purpose, token):
    """Whose link it is and for which ticket; nothing when it is forged, too old, or no longer theirs to see."""
    facts = one_click.read(purpose, token, max_age=links.VALID_FOR)
    user = User.objects.active().filter(pk=facts["user"]).first() if facts else None
    if user is None:
        return None, None
    return user, Ticket.objects.visible_to(user).filter(pk=facts["ticket"]).first()


def _confirm(request, user, ticket):
    if ticket.state == "closed":
        return "closed"
    if not one_click.is_deliberate(request):
        return "ask"
    tickets.take_transition(ticket, "close", actor=user)
    return "closed"


def _reopen(request, user, ticket):
    if request.method != "POST":
        return "ask"
    tickets.take_transition(ticket, "reopen", actor=user, values={"reason": request.POST.get("reason", "")})
    return "reopened"


_ACT = {"confirm": _confirm, "reopen": _reopen}
