"""What a refused request must leave behind: nothing. Counts the rows that any half-done command would add."""

from contextlib import contextmanager

from accounts.models import ApiToken, Team, User
from events.models import Event
from tickets.models import Attachment, BulkJob, Comment, SavedView, Ticket, TicketLink, Watcher

KEPT = (ApiToken, Attachment, BulkJob, Comment, Event, SavedView, Team, Ticket, TicketLink, User, Watcher)


def footprint() -> dict:
    """Rows of each kept table, and every ticket with its version."""
    counts = {model.__name__: model.objects.count() for model in KEPT}
    return counts | {"versions": list(Ticket.objects.order_by("pk").values_list("pk", "version", "state", "title"))}


@contextmanager
def nothing_written():
    before = footprint()
    yield
    assert footprint() == before
