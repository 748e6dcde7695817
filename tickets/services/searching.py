"""Keeping a ticket's words findable, in Chinese and English alike."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from core.text import search_words
from tickets.models import Comment, Ticket

# Columns of a ticket (or of its kind) whose words are indexed; what was said on it comes on top.
INDEXED = frozenset({"title", "description", "resolution_notes"})
# Characters of each text, and of all that was said (the latest), that are indexed: PostgreSQL refuses a vector of 1 MB.
LONGEST = 20_000
BATCH = 500


def refresh(ticket) -> None:
    """Give `ticket` the expressions for its vectors, to be saved with it by the caller.

    The title weighs A, the description B, resolution and conversation C. Internal notes go into a vector of their own,
    together with everything else, so that words may be spread over both; without any, that vector stays empty.
    """
    public, internal = _said(ticket)
    ticket.search_vector = words_of(ticket, public)
    ticket.internal_vector = words_of(ticket, f"{public}\n{internal}") if internal else None


def words_of(ticket, said="") -> SearchVector:
    """The vector of a ticket, saved or not, and of what was `said` on it."""
    later = f"{getattr(ticket, 'resolution_notes', '')[:LONGEST]}\n{said}"
    return _weighed(ticket.title, "A") + _weighed(ticket.description[:LONGEST], "B") + _weighed(later, "C")


def index_all(after=0, *, told=lambda last: None) -> int:
    """Index every ticket with a key above `after` anew, a batch per transaction; returns how many there were.

    For tickets that were brought in by other ways, or words that are cut differently now. `told(last key)` hears of
    each batch, so that an interrupted run can go on from there.
    """
    done = 0
    while batch := list(Ticket.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        for ticket in batch:
            typed = ticket.typed
            refresh(typed)
            # Beside the ticket: neither its version nor its children's columns are touched.
            Ticket.objects.filter(pk=ticket.pk).update(
                search_vector=typed.search_vector, internal_vector=typed.internal_vector
            )
        after, done = batch[-1].pk, done + len(batch)
        told(after)
    return done


def _weighed(text, weight):
    return SearchVector(Value(search_words(text)), config="simple", weight=weight)


def _said(ticket) -> tuple[str, str]:
    """What was said publicly and internally, the latest first, LONGEST characters together."""
    told = {False: [], True: []}
    left = LONGEST
    comments = Comment.objects.filter(ticket_id=ticket.pk).order_by("-pk")
    for body, is_internal in comments.values_list("body", "is_internal")[:200]:
        told[is_internal].append(body[:left])
        left -= len(body)
        if left <= 0:
            break
    return "\n".join(told[False]), "\n".join(told[True])
