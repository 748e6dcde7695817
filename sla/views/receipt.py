"""The receipt of a ticket's clocks: every counted minute explained."""

from django.shortcuts import get_object_or_404

from core.access import signed_in
from core.htmx import fragment_or_page
from sla import selectors
from tickets import rules
from tickets.models import Ticket


@signed_in
def receipt(request, ticket_id):
    """Every span that counted or paused, with its cause, down to the deadline. For whoever sees the ticket.

    Who raised it reads what was promised to them, in plain words; the desk reads who held it, thresholds and rulings.
    """
    ticket = get_object_or_404(Ticket.objects.visible_to(request.user), pk=ticket_id)
    is_inside = rules.reads_internal(request.user, ticket)
    context = {
        "ticket": ticket,
        "is_inside": is_inside,
        "receipts": selectors.receipts_of(ticket, is_inside=is_inside),
    }
    return fragment_or_page(request, "sla/receipt.html", "sla/_receipt.html", context)
