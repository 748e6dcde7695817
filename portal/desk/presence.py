"""Who is looking at a ticket, and who is typing. Rows live for a minute."""

from datetime import timedelta

from core import clock
from tickets.models import Presence

LIVES_FOR = timedelta(seconds=60)


def seen(ticket, *, user, is_typing):
    """Record a heartbeat and sweep what is older than a minute, everybody's included."""
    at = clock.now()
    Presence.objects.bulk_create(
        [Presence(ticket_id=ticket.pk, user=user, seen_at=at, is_typing=is_typing)],
        update_conflicts=True,
        unique_fields=["ticket", "user"],
        update_fields=["seen_at", "is_typing"],
    )
    Presence.objects.filter(seen_at__lt=at - LIVES_FOR).delete()


def others(ticket, user) -> list:
    """Living heartbeats of other people, those who type first."""
    living = Presence.objects.filter(ticket_id=ticket.pk, seen_at__gte=clock.now() - LIVES_FOR)
    return list(living.exclude(user=user).select_related("user").order_by("-is_typing", "pk"))
