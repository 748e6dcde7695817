"""Acts of the desk that are two commands in one: both happen or neither does."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput
from portal import services
from tickets import services as tickets


@transaction.atomic
def reply_and_resolve(ticket, *, actor, body, code, uploads=(), version=None):
    """Resolve with the words just written as the resolution the requester reads; files go along publicly.

    What was only assigned is started first. Raises InvalidInput when there are no words or no service is known.
    """
    if not body.strip():
        raise InvalidInput({"body": [_("Write what solved it; the requester reads this.")]})
    if uploads:
        tickets.attach(ticket, actor=actor, uploads=uploads, version=version)
        version = None
    values = {"resolution_code": code or "fixed", "resolution_notes": body}
    return tickets.take_onwards(ticket, "resolve", actor=actor, values=values, version=version)


@transaction.atomic
def take_down(*, actor, given, uploads=()):
    """A ticket for a caller; taken by the actor at once when they said so. The same form sent twice opens one."""
    incident, is_new = services.opened_once(
        actor=actor,
        sending=given["sending"],
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
    if given["take_it"] and is_new:
        return tickets.take_transition(incident, "claim", actor=actor)
    return incident
