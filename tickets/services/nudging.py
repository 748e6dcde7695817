"""催办: the requester or a manager urges the owner."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refused
from tickets import rules
from tickets.services import door

NUDGE_EVERY = timedelta(minutes=30)


@transaction.atomic
def nudge(ticket, *, actor, at=None):
    """Urge whoever holds the ticket; publishes `ticket.nudged`. At most once in NUDGE_EVERY per ticket.

    Raises NotAllowed, Refused (closed, or urged a moment ago).
    """
    ticket = door.lock(ticket)
    if not rules.may_nudge(actor, ticket):
        raise NotAllowed()
    if not ticket.is_open:
        raise Refused(_("This ticket is not open any more."))
    at = at or door.instant(ticket)
    if ticket.nudged_at and at - ticket.nudged_at < NUDGE_EVERY:
        minutes = int((NUDGE_EVERY - (at - ticket.nudged_at)).total_seconds() // 60) + 1
        raise Refused(_("It was urged a moment ago. You can urge again in %(minutes)s minutes.") % {"minutes": minutes})
    before = door.snapshot(ticket)
    ticket.nudged_at = at
    door.write(ticket, "ticket.nudged", actor=actor, before=before, at=at)
    return ticket
