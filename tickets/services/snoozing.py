"""Out of one's own sight until a time, and back by itself."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput, NotAllowed
from tickets import rules
from tickets.models import Snooze
from tickets.services import door

LONGEST = timedelta(days=366)
AT_ONCE = 200


@transaction.atomic
def snooze(ticket, *, actor, until):
    """Hide the ticket from the views of `actor` before `until` (an instant); nobody else notices.

    Publishes `ticket.snoozed` with the time before, if there was one. Raises NotAllowed (people outside the desk),
    InvalidInput (a time in the past or beyond a year).
    """
    if not rules.reads_internal(actor, ticket):
        raise NotAllowed()
    if not timedelta() < until - clock.recorded_now() <= LONGEST:
        raise InvalidInput({"until": [_("Choose a time within the next year.")]})
    held = Snooze.objects.filter(ticket=ticket.pk, person=actor).first()
    Snooze.objects.update_or_create(ticket_id=ticket.pk, person=actor, defaults={"until": until})
    door.note(ticket, "ticket.snoozed", actor=actor, until=until, before=held.until if held else None)


@transaction.atomic
def wake(ticket, *, actor):
    """Show it again before its time; publishes `ticket.unsnoozed` if it was hidden."""
    held = Snooze.objects.filter(ticket=ticket.pk, person=actor).first()
    if held is not None:
        held.delete()
        door.note(ticket, "ticket.unsnoozed", actor=actor, before=held.until)


@transaction.atomic
def wake_due() -> int:
    """Bring back what is due, at most AT_ONCE in one go: publishes `ticket.woke` for the bell. Returns how many."""
    due = Snooze.objects.select_for_update(skip_locked=True, of=("self",)).filter(until__lte=clock.recorded_now())
    held = list(due.select_related("ticket").order_by("until")[:AT_ONCE])
    for row in held:
        door.note(row.ticket, "ticket.woke", actor=None, person=row.person_id)
    Snooze.objects.filter(pk__in=[row.pk for row in held]).delete()
    return len(held)


def wake_on_reply(event):
    """`now` handler: an answer of the requester ends everybody's waiting for it."""
    if not event.data.get("by_requester"):
        return
    for row in Snooze.objects.filter(ticket=event.subject_id).select_related("ticket"):
        door.note(row.ticket, "ticket.woke", actor=None, person=row.person_id)
        row.delete()
