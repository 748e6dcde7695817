"""What every address below a ticket has in common: finding it, its version, what a stale writer is told."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter

from accounts.idempotency import IDEMPOTENCY_KEY as IDEMPOTENCY_KEY
from core.api.problems import PreconditionFailed
from core.api.views import Resource, version_from_header
from core.errors import Stale
from events import selectors as ledger
from tickets import rules
from tickets.models import Ticket
from tickets.sentences import Names
from tickets.serializers import EventSerializer

NUMBER = OpenApiParameter("number", str, OpenApiParameter.PATH, description="The ticket's number, e.g. INC000042.")
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag you read; 412 with the changes if it moved on."
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="The ETag you have; 304 if it is still the same."
)
# Kept in the ledger for clocks and audits, of no use to a reader.
UNSEEN_EVENTS = ("ticket.watched", "ticket.unwatched", "ticket.snoozed", "ticket.unsnoozed", "ticket.woke")


def readable_events(ticket, user):
    """Events of a ticket that `user` may read."""
    events = ledger.timeline_of(ticket, public_only=not rules.reads_internal(user, ticket))
    return events.exclude(name__in=UNSEEN_EVENTS)


class TicketResource(Resource):
    """`kind` narrows the addresses to one kind of ticket."""

    kind = ""

    def visible_tickets(self):
        tickets = Ticket.objects.visible_to(self.request.user)
        return tickets.filter(kind=self.kind) if self.kind else tickets

    def found_ticket(self):
        """The ticket in the address as the reader may see it; not visible is the same as absent."""
        ticket = self.visible_tickets().filter(number=self.number()).first()
        if ticket is None:
            raise Http404
        self.subject = ticket
        return ticket

    def number(self):
        """The number in the address; what cannot be one is no ticket."""
        number = self.kwargs["number"]
        if not (number.isascii() and number.isalnum() and len(number) <= 20):
            raise Http404
        return number.upper()

    def refuse_stale(self, ticket, in_body=None):
        """The version a change must be made on, or None. Raises Stale (409) or PreconditionFailed (412)."""
        in_header = version_from_header(self.request)
        for version, failure in ((in_header, PreconditionFailed), (in_body, None)):
            if version is not None and version != ticket.version:
                stale = Stale(current=ticket.version, changes=ledger.since(ticket, version) if version else ())
                raise failure(stale) if failure else stale
        return in_header if in_header is not None else in_body

    def changes_for_reader(self, stale):
        """What a stale writer has not seen, as far as this reader may see it."""
        ticket = getattr(self, "subject", None)
        if ticket is None:
            return []
        is_internal = rules.reads_internal(self.request.user, ticket)
        events = [e for e in stale.changes if (e.is_public or is_internal) and e.name not in UNSEEN_EVENTS]
        return EventSerializer(
            events, many=True, context={"names": Names(events), "is_internal": is_internal}
        ).data  # fmt: skip


class BelowTicket(TicketResource):
    """A collection of one ticket."""
