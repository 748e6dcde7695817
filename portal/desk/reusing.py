"""Solving a ticket the way another one was solved."""

from django.db import transaction

from tickets import services as tickets
from tickets.models import TicketLink


@transaction.atomic
def resolve_like(ticket, solved, *, actor, values, version=None):
    """Resolve with `values`, taken from what solved another ticket, and link the two: both or neither.

    What was only assigned is started first. Raises what `take_transition` raises.
    """
    if ticket.state == "assigned":
        ticket = tickets.take_transition(ticket, "start", actor=actor, version=version)
        version = None
    ticket = tickets.take_transition(ticket, "resolve", actor=actor, values=values, version=version)
    tickets.link(ticket, solved, kind=TicketLink.Kind.RELATES, actor=actor)
    return ticket
