"""Approve or reject from the mail, without a login. A GET only shows: a scanner that follows links decides nothing."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core import one_click
from core.errors import InvalidInput, Refused
from core.reading import reading_as
from notifications import links
from tickets.models import ApprovalSlot, Ticket
from tickets.services import approving

PAGE = "notifications/vote.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request, token):
    """What is asked, with a button and a reason; once decided, voided or no longer theirs it says so."""
    user, slot = _parties(token)
    if slot is None:
        return render(request, PAGE, {"outcome": "unknown"}, status=404)
    context = {"slot": slot, "ticket": slot.ticket, "reason": request.POST.get("reason", "")}
    with reading_as(user):
        try:
            context["outcome"] = _answer(request, user, slot)
        except InvalidInput as error:
            context |= {"outcome": "ask", "problems": error.fields.get("reason", [])}
        except Refused as refusal:
            context |= {"outcome": "refused", "refusal": refusal}
        typed = slot.ticket.typed
        context |= {
            "typed": typed,
            "asked": [f"{typed._meta.app_label}/_asked.html", "portal/approvals/_asked.html"],
            "ticket_url": links.ticket_path(slot.ticket, user),
            "is_substitute": slot.approver_id != user.pk,
        }
        return render(request, PAGE, context, status=422 if context.get("problems") else 200)


def _parties(token):
    """Whose link it is and for which vote; nothing when it is forged, too old, or no longer theirs to see."""
    facts = one_click.read("vote", token, max_age=links.VALID_FOR)
    user = User.objects.active().filter(pk=facts["user"]).first() if facts else None
    if user is None:
        return None, None
    slots = ApprovalSlot.objects.of(user).filter(ticket__in=Ticket.objects.visible_to(user))
    slots = slots.select_related("ticket__requester", "ticket__service", "stage__round", "approver", "decided_by")
    return user, slots.filter(pk=facts["slot"]).first()


def _answer(request, user, slot):
    if request.method != "POST":
        approving.check_turn(slot, user)
        return "ask"
    approve = request.POST.get("vote") == "approve"
    approving.decide(slot, actor=user, approve=approve, reason=request.POST.get("reason", ""))
    return "approved" if approve else "rejected"
