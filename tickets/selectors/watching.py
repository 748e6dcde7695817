"""Who follows a ticket, and what somebody follows."""

from django.db.models import Q

from accounts.models import User
from accounts.rules import STAFF_ROLES
from tickets import rules
from tickets.models import Watcher

MOST = 500


def watching(ticket, reader):
    """People who follow `ticket`, as far as `reader` may know: the desk all of them, others those it was shared with.

    Which people of the desk follow it is the desk's own business.
    """
    people = User.objects.filter(watched__ticket=ticket)
    if rules.reads_internal(reader, ticket):
        return people
    colleagues = Q(organisation=ticket.organisation_id) & ~Q(roles__overlap=list(STAFF_ROLES))
    return people.filter(colleagues | Q(pk=reader.pk))


def watched_by(user) -> list[int]:
    """Keys of the newest tickets that `user` follows, at most 500: a plain list, so that an index serves the rest."""
    return list(Watcher.objects.filter(user=user).order_by("-ticket").values_list("ticket", flat=True)[:MOST])
