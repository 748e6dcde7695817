"""What ends waiting by itself, for every kind of ticket whose table knows "resume": the requester's reply, a date."""

from django.db import transaction

from core import clock
from core.errors import Refused
from tickets import kinds
from tickets.models import PendingReason, Ticket
from tickets.services.transitions import take_transition

BATCH = 200


def resume_on_reply(event):
    """`now` handler of ticket.commented: the requester's public answer ends waiting for the requester."""
    if not event.data.get("by_requester") or event.data.get("is_internal"):
        return
    ticket = Ticket.objects.filter(pk=event.subject_id).first()
    if ticket and ticket.state == "pending" and ticket.pending_reason == PendingReason.CALLER:
        take_transition(ticket, "resume", actor=None, at=event.at)


def resume_due() -> int:
    """Resume tickets whose date has come; returns how many. Any number of workers may call this."""
    due = Ticket.objects.filter(state="pending", resume_at__lte=clock.recorded_now())
    return sum(take_quietly(ticket, "resume") for ticket in due.order_by("resume_at")[:BATCH])


@transaction.atomic
def take_quietly(ticket, name) -> bool:
    """Take a transition unless somebody else holds or moved the ticket: the next sweep sees it again."""
    rows = kinds.model_of(ticket.kind).objects.select_for_update(skip_locked=True)
    locked = rows.filter(pk=ticket.pk, state=ticket.state).first()
    if locked is None:
        return False
    try:
        take_transition(locked, name, actor=None)
    except Refused:
        return False
    return True
