"""Acts of the desk that are two commands in one: both happen or neither does."""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput
from portal import services
from portal.desk.ticket_page import own_team_for
from tickets import services as tickets


@transaction.atomic
def claim(ticket, *, actor, version=None):
    """Take the ticket for oneself: for the team it waits in, else for one's own first team."""
    team = own_team_for(actor, ticket)
    values = {"team": team} if team is not None else {}
    return tickets.take_transition(ticket, "claim", actor=actor, values=values, version=version)


@transaction.atomic
def reply_and_resolve(ticket, *, actor, body, code, uploads=(), version=None):
    """Resolve with the words just written as the resolution the requester reads; files go along publicly.

    What was only assigned is started first. Raises InvalidInput when there are no words or no service is known.
    """
    if not body.strip():
        raise InvalidInput({"body": [_("Write what solved it; the requester reads this.")]})
    if ticket.state == "assigned":
        ticket = tickets.take_transition(ticket, "start", actor=actor, version=version)
        version = None
    if uploads:
        tickets.attach(ticket, actor=actor, uploads=uploads)
        version = None
    values = {"resolution_code": code or "fixed", "resolution_notes": body}
    return tickets.take_transition(ticket, "resolve", actor=actor, values=values, version=version)


@transaction.atomic
def take_down(*, actor, given, uploads=()):
    """A ticket for a caller; taken by the actor at once when they said so. The same form sent twice opens one."""
    incident, is_new = services.opened_once(
        actor=actor,
        sending=(given["sending"] or uuid4()).hex,
        requester=given["caller"],
        title=given["title"],
        description=given["description"],
        service=given["service"],
        category=given["category"],
        impact=given["impact"],
        urgency=given["urgency"],
        channel=given["channel"],
        contact=given["contact"],
        place=given["place"],
        uploads=uploads,
    )
    return claim(incident, actor=actor) if given["take_it"] and is_new else incident
