"""A ticket as its requester reads it: one word, who moves next, and what was promised. Pure."""

from portal.plain_words import changes, incidents, problems, requests
from portal.plain_words.telling import Promise, Status

__all__ = ["Promise", "Status", "status_of", "steps"]

_WORDS = {"change": changes, "incident": incidents, "problem": problems, "request": requests}


def status_of(ticket, chips=()) -> Status:
    """The status line of `ticket`; `chips` are its clocks as `sla.selectors.chips_for` gives them."""
    return _WORDS[ticket.kind].status_of(ticket, chips)


def steps(ticket) -> list[tuple[str, str]]:
    """(label, "is-done" | "is-here" | "") for each step of a ticket's way."""
    return _WORDS[ticket.kind].steps(ticket)
