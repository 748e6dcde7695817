"""Open work of somebody who leaves goes on with somebody else."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput
from tickets.services import door


@transaction.atomic
def hand_over(ticket, person, to, *, actor):
    """The ticket of `person` becomes that of `to`, or, with None, waits in its team's queue; its state stays.

    Publishes `ticket.handed_over`; nothing where somebody else has it by now. Raises InvalidInput.
    """
    if to is not None and not (to.is_active and to.is_staff_member):
        raise InvalidInput({"assignee": [_("Only active people of the desk work on tickets.")]})
    ticket = door.lock(ticket)
    if ticket.assignee_id != person.pk:
        return
    before = door.snapshot(ticket)
    ticket.assignee = to
    door.write(ticket, "ticket.handed_over", actor=actor, before=before, is_public=False, former=person.pk)
