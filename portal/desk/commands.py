"""Acts of the desk that are two commands in one: both happen or neither does."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput
from core.reading import reading_as
from portal import services
from tickets import placeholders
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
def take_down(*, actor, given, uploads=(), resolves=False):
    """A ticket for a caller, with its template's checklist; taken by the actor at once when they said so, and resolved
    with the solution given when it was solved on the phone. The same form sent twice opens one.

    Raises InvalidInput when it shall be resolved without a word about how.
    """
    incident, is_new = services.opened_once(
        actor=actor,
        sending=given["sending"],
        requester=given["caller"],
        title=given["title"],
        description=given["description"],
        service=given["service"],
        category=given["category"],
        affected_items=given["items"],
        impact=given["impact"],
        urgency=given["urgency"],
        channel=given["channel"],
        contact=given["contact"],
        place=given["place"],
        uploads=uploads,
    )
    if not is_new:
        return incident
    if given["template"] is not None and given["template"].checklist.strip():
        tickets.add_steps(incident, given["template"].checklist, actor=actor)
    if given["take_it"] or resolves:
        incident = tickets.take_transition(incident, "claim", actor=actor)
    if not resolves:
        return incident
    if not given["solution"].strip():
        raise InvalidInput({"solution": [_("Write what solved it; the requester reads this.")]})
    with reading_as(incident.requester or actor):
        words = placeholders.filled(given["solution"], incident, actor)
    return reply_and_resolve(incident, actor=actor, body=words, code="")
