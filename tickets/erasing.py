"""Forgetting somebody in tickets: their identity in what was written, on tickets they had to do with."""

from django.db.models import Q

from tickets.models import Comment, Draft, SavedView, Ticket
from tickets.services import searching


def erase(person, identity):
    """Titles, descriptions, contacts and words lose the identity, and so does what they are found by.

    Namesakes are safe elsewhere: only tickets are touched that the person raised, worked on, watched or spoke on.
    """
    spoke = Comment.objects.filter(author=person).values("ticket")
    theirs = Q(requester=person) | Q(opened_by=person) | Q(assignee=person) | Q(watchers__user=person) | Q(pk__in=spoke)
    keys = list(Ticket.objects.filter(theirs).order_by("pk").values_list("pk", flat=True).distinct())
    tickets = Ticket.objects.filter(pk__in=keys)
    identity.scrub(tickets, "title", "description", "contact", "place", "priority_reason")
    identity.scrub(Comment.objects.filter(ticket__in=keys), "body")
    for ticket in tickets.order_by("pk").iterator(chunk_size=200):
        typed = ticket.typed
        if hasattr(typed, "resolution_notes"):
            identity.scrub(type(typed)._base_manager.filter(pk=ticket.pk), "resolution_notes")
            typed.refresh_from_db(fields=["resolution_notes"])
        searching.refresh(typed)
        Ticket.objects.filter(pk=ticket.pk).update(
            search_vector=typed.search_vector, internal_vector=typed.internal_vector
        )
    Draft.objects.filter(person=person).delete()
    SavedView.objects.filter(owner=person).delete()
