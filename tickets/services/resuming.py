"""What ends waiting by itself, for every kind of ticket whose table knows "resume": a reply, a change, a date."""

from django.db import transaction
from django.db.models import Q

from core import clock
from core.errors import Refused
from tickets import kinds
from tickets.models import PendingReason, Ticket, TicketLink
from tickets.services.transitions import take_transition

BATCH = 200


def resume_on_reply(event):
    """`now` handler of ticket.commented: the requester's public answer ends waiting for the requester."""
    if not event.data.get("by_requester") or event.data.get("is_internal"):
        return
    ticket = Ticket.objects.filter(pk=event.subject_id).first()
    if ticket and ticket.state == "pending" and ticket.pending_reason == PendingReason.CALLER:
        take_transition(ticket, "resume", actor=None, at=event.at)


def resume_on_change(event):
    """`now` handler of change.closed, change.cancelled: what is linked to it and waits for a change goes on."""
    change = event.subject
    kinds_of_link = (TicketLink.Kind.SOLVED_BY, TicketLink.Kind.RELATES)
    links = TicketLink.objects.filter(Q(source=change.pk) | Q(target=change.pk), kind__in=kinds_of_link)
    ends = {pk for pair in links.values_list("source", "target") for pk in pair}
    waiting = Ticket.objects.filter(pk__in=ends, state="pending", pending_reason=PendingReason.CHANGE)
    for ticket in waiting.order_by("pk")[:BATCH]:
        take_transition(ticket, "resume", actor=None, at=event.at)


def resume_due() -> int:
    """Resume tickets whose date has come; returns how many. Any number of workers may call this."""
    due = Ticket.objects.filter(state="pending", resume_at__lte=clock.recorded_now())
    return sum(take_quietly(ticket, "resume") for ticket in due.order_by("resume_at")[:BATCH])


@transaction.atomic
def take_quietly(ticket, name, values=None) -> bool:
    """Take a transition unless somebody else holds or moved the ticket: the next sweep sees it again."""
    rows = kinds.model_of(ticket.kind).objects.select_for_update(skip_locked=True)
    locked = rows.filter(pk=ticket.pk, state=ticket.state).first()
    if locked is None:
        return False
    try:
        take_transition(locked, name, actor=None, values=values)
    except Refused:
        return False
    return True
