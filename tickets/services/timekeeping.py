"""The time people spend on tickets, in whole minutes."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput, NotAllowed
from core.text import clean_text
from tickets import rules
from tickets.models import TimeEntry
from tickets.models.work import MOST_MINUTES
from tickets.services import door

LONGEST_NOTE = 200


@transaction.atomic
def log_time(ticket, *, actor, minutes, note=""):
    """Record that `actor` spent `minutes` on the ticket; publishes `ticket.time_logged`.

    Raises NotAllowed (people who do not work it), InvalidInput (less than a minute, more than a day, a long note).
    """
    if not rules.triages_it(actor, ticket):
        raise NotAllowed()
    note = clean_text(note)
    if not 1 <= minutes <= MOST_MINUTES:
        raise InvalidInput({"minutes": [_("Between 1 and %(most)s minutes.") % {"most": MOST_MINUTES}]})
    if len(note) > LONGEST_NOTE:
        message = _("At most %(limit)s characters; this has %(length)s.")
        raise InvalidInput({"note": [message % {"limit": LONGEST_NOTE, "length": len(note)}]})
    entry = TimeEntry.objects.create(
        ticket_id=ticket.pk, person=actor, minutes=minutes, note=note, created_at=clock.recorded_now()
    )
    door.note(ticket, "ticket.time_logged", actor=actor, minutes=minutes, entry=entry.pk)
    return entry


@transaction.atomic
def remove_time(entry, *, actor):
    """Take back one's own entry (an administrator: anybody's); publishes `ticket.time_removed`. Raises NotAllowed."""
    if entry.person_id != actor.pk and not actor.sees_everything:
        raise NotAllowed()
    door.note(entry.ticket, "ticket.time_removed", actor=actor, minutes=entry.minutes, entry=entry.pk)
    entry.delete()
