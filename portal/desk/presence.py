"""Who has a ticket open: looking at it, typing, or away from it. Rows live for a minute."""

from datetime import timedelta

from core import clock
from tickets.models import Presence

LIVES_FOR = timedelta(seconds=60)
_ORDER = (Presence.Doing.TYPING, Presence.Doing.VIEWING, Presence.Doing.AWAY)


def seen(ticket, *, user, doing):
    """Record a heartbeat and sweep what is older than a minute, everybody's included. Unknown words mean viewing."""
    at = clock.now()
    doing = doing if doing in Presence.Doing.values else Presence.Doing.VIEWING
    Presence.objects.bulk_create(
        [Presence(ticket_id=ticket.pk, user=user, seen_at=at, doing=doing)],
        update_conflicts=True,
        unique_fields=["ticket", "user"],
        update_fields=["seen_at", "doing"],
    )
    Presence.objects.filter(seen_at__lt=at - LIVES_FOR).delete()


def others(ticket, user) -> list:
    """Living heartbeats of other people: those who type first, those who went away last."""
    living = Presence.objects.filter(ticket_id=ticket.pk, seen_at__gte=clock.now() - LIVES_FOR)
    found = living.exclude(user=user).select_related("user").order_by("pk")
    return sorted(found, key=lambda other: _ORDER.index(other.doing))
