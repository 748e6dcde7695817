"""Who follows a ticket."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Refused
from tickets import rules
from tickets.models import Watcher
from tickets.services import door


@transaction.atomic
def watch(ticket, *, user, actor):
    """`user` follows the ticket; publishes `ticket.watched` unless they did already.

    Whoever watches a ticket may read it and speak on it: `rules.shows_to` says who lets whom.
    Raises NotAllowed, Refused (deactivated).
    """
    if not rules.shows_to(actor, ticket, user):
        raise NotAllowed(_("You can share only your own tickets, with colleagues of the same organisation."))
    if not user.is_active:
        raise Refused(_("%(name)s is deactivated.") % {"name": user.display_name})
    if Watcher.objects.get_or_create(ticket_id=ticket.pk, user=user)[1]:
        door.note(ticket, "ticket.watched", actor=actor, user=user.pk)


@transaction.atomic
def unwatch(ticket, *, user, actor):
    """`user` no longer follows the ticket; publishes `ticket.unwatched` if they did. Raises NotAllowed like `watch`."""
    if not rules.shows_to(actor, ticket, user):
        raise NotAllowed()
    if Watcher.objects.filter(ticket_id=ticket.pk, user=user).delete()[0]:
        door.note(ticket, "ticket.unwatched", actor=actor, user=user.pk)
