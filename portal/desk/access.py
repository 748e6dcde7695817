"""Which ticket a desk address means, and at which version its form was read."""

from django.http import Http404

from tickets import kinds
from tickets.models import Ticket


def found(request, number):
    """The visible ticket with this number, with what its page reads; 404 when there is none."""
    ticket = with_people(Ticket.objects.visible_to(request.user)).filter(number=number).first()
    if ticket is None:
        raise Http404
    return ticket


def with_people(tickets):
    """`tickets` with everything a row or a header names, in one query."""
    return tickets.select_related(
        *kinds.names(),
        "incident__escalated_from",
        "requester__department",
        "service",
        "team",
        "assignee",
        "category",
        "parent",
    )


def version_of(request):
    """The version the form was read at, or None when the request names none."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None
