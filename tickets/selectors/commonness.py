"""How common words are among all tickets, as the database's statistics know it: nothing is counted.

It decides in which order the same question is asked, never what is found.
"""

from django.db import connection

from core.text import is_han, pieces, runs
from tickets.models import Ticket

_KNOWN = """
    SELECT asked.word, max(common.part) FILTER (WHERE common.word = asked.word),
           sum(common.part) FILTER (WHERE starts_with(common.word, asked.word))
      FROM pg_stats,
           unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common (word, part),
           unnest(%s::text[]) AS asked (word)
     WHERE schemaname = current_schema() AND tablename = %s AND attname = 'search_vector'
     GROUP BY asked.word
"""


def parts_of(text) -> list[tuple[str, float]]:
    """Each run of `text` as `core.text.runs` cuts it, with the part of all tickets, 0 to 1, that is likely to hold it.

    0 also stands for whatever is too rare for the statistics, which know about a thousand words. One query.
    """
    cut = runs(text)
    words = {piece for run in cut for piece in pieces(run)}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [sorted(words), Ticket._meta.db_table])
        known = {word: (whole or 0.0, min(beginning or 0.0, 1.0)) for word, whole, beginning in cursor.fetchall()}
    return [(run, min(_part(known, run, piece) for piece in pieces(run))) for run in cut]


def _part(known, run, piece):
    """A Latin word and a single character are looked for as beginnings, pairs of characters as they are."""
    whole, beginning = known.get(piece, (0.0, 0.0))
    return whole if is_han(run) and len(run) > 1 else beginning
