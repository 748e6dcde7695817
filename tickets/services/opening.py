"""Giving birth to a ticket: number, first state, first event."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput
from core.text import clean_text
from events import services as events
from tickets.services import searching


def next_number(prefix) -> str:
    """The next number of the one number space, e.g. INC000042. Gaps are normal (a refused creation burns one)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('ticket_number')")
        return f"{prefix}{cursor.fetchone()[0]:06d}"


@transaction.atomic(savepoint=False)
def open_ticket(ticket, *, actor, at=None, affected_items=(), **data):
    """Save an unsaved ticket of any kind in its workflow's first state and publish `<kind>.reported`.

    Fills number, organisation (the requester's unless given), state and dates; names the affected items, by which
    agreements may be chosen; indexes its words for search.
    """
    at = at or clock.recorded_now()
    ticket.title = clean_text(ticket.title)
    ticket.description = clean_text(ticket.description)
    _check_text(ticket)
    if ticket.organisation_id is None and ticket.requester is not None:
        ticket.organisation = ticket.requester.organisation
    if ticket.organisation_id is None:
        raise InvalidInput({"requester": [_("This person belongs to no organisation.")]})
    ticket.kind = ticket.workflow.kind
    ticket.number = ticket.number or next_number(ticket.prefix)
    ticket.state = ticket.workflow.initial.key
    ticket.is_open = ticket.workflow.initial.is_open
    ticket.created_at = ticket.last_activity_at = at
    ticket.opened_by = ticket.opened_by or actor
    ticket.search_vector = searching.words_of(ticket)
    ticket.save()
    del ticket.search_vector  # An expression up to here; who asks for it from now on reads what was stored.
    if affected_items:
        ticket.affected_items.set(affected_items)
    events.publish(
        f"{ticket.kind}.reported",
        subject=ticket,
        actor=actor,
        at=at,
        version=ticket.version,
        facts=ticket.facts(),
        channel=ticket.channel,
        **data,
    )
    return ticket


def _check_text(ticket):
    if not ticket.title.strip():
        raise InvalidInput({"title": [_("This field is required.")]})
    limit = ticket._meta.get_field("title").max_length
    if len(ticket.title) > limit:
        message = _("At most %(limit)s characters; this has %(length)s.")
        raise InvalidInput({"title": [message % {"limit": limit, "length": len(ticket.title)}]})
