"""Keeping a ticket's words findable, in Chinese and English alike."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from core.text import search_words
from tickets.models import Ticket


def index(ticket) -> None:
    """Bring a saved ticket's words up to date."""
    Ticket.objects.filter(pk=ticket.pk).update(search_vector=words_of(ticket))


def words_of(ticket) -> SearchVector:
    """The search vector of a ticket, saved or not: title and number weigh A, the description B."""
    title, description = search_words(f"{ticket.number} {ticket.title}"), search_words(ticket.description[:20_000])
    return SearchVector(Value(title), config="simple", weight="A") + SearchVector(
        Value(description), config="simple", weight="B"
    )
