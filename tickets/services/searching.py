"""Keeping a ticket's words findable, in Chinese and English alike."""

from django.db import connection

from core.text import search_words

_INDEX = """
    UPDATE tickets_ticket SET search_vector =
        setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')
     WHERE id = %s
"""


def index(ticket) -> None:
    """Title and number weigh A, the description B."""
    with connection.cursor() as cursor:
        title = search_words(f"{ticket.number} {ticket.title}")
        cursor.execute(_INDEX, [title, search_words(ticket.description[:20_000]), ticket.pk])
