"""Forgetting somebody in tickets: their identity in what was written, on tickets they had to do with."""

from core.forgetting import erase_records
from tickets.models import Comment, Ticket
from tickets.services import searching


def erase(person, identity):
    """All words on a ticket of any kind, its tasks, files' names and votes lose the identity, and so does its index."""
    changed = erase_records(Ticket, person, identity)
    stale = set().union(*(keys for model, keys in changed.items() if issubclass(model, Ticket)))
    stale |= set(Comment.objects.filter(pk__in=changed.get(Comment, ())).values_list("ticket", flat=True))
    for ticket in Ticket.objects.filter(pk__in=stale).order_by("pk").iterator(chunk_size=200):
        typed = ticket.typed
        searching.refresh(typed)
        Ticket.objects.filter(pk=ticket.pk).update(
            search_vector=typed.search_vector, internal_vector=typed.internal_vector
        )
