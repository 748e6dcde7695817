"""Who follows a ticket."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Refused
from events import services as events
from tickets.models import Ticket, Watcher


@transaction.atomic
def watch(ticket, *, user, actor):
    """`user` follows the ticket. Somebody else may be added only by people of the desk who see it."""
    if user != actor and not actor.is_staff_member:
        raise Refused(_("You can only watch for yourself."))
    if not user.is_active:
        raise Refused(_("%(name)s is deactivated.") % {"name": user.display_name})
    if Watcher.objects.get_or_create(ticket_id=ticket.pk, user=user)[1]:
        _tell(ticket, "ticket.watched", actor, user)


@transaction.atomic
def unwatch(ticket, *, user, actor):
    if Watcher.objects.filter(ticket_id=ticket.pk, user=user).delete()[0]:
        _tell(ticket, "ticket.unwatched", actor, user)


def _tell(ticket, name, actor, user):
    subject = Ticket.objects.get(pk=ticket.pk)
    events.publish(name, subject=subject, actor=actor, is_public=False, user=user.pk)
