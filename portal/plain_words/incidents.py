"""An incident as its requester reads it. Pure."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.plain_words.telling import Status, promise_of, queued, waiting, working

_STEP_OF_STATE = {
    "new": 0,
    "assigned": 0,
    "in_progress": 1,
    "pending": 1,
    "resolved": 2,
    "closed": 3,
    "cancelled": 3,
}


def steps(ticket) -> list[tuple[str, str]]:
    """(label, "is-done" | "is-here" | "") for each step of a ticket's way."""
    labels = [_("Received"), _("Being worked on"), _("Solved"), _("Closed")]
    here = _STEP_OF_STATE.get(ticket.state, 0)
    return [
        (label, "is-here" if index == here else "is-done" if index < here else "") for index, label in enumerate(labels)
    ]


def status_of(ticket, chips=()) -> Status:
    if ticket.state == "pending":
        return waiting(ticket)
    promise = promise_of(ticket, chips) if ticket.is_open else None
    match ticket.state:
        case "in_progress":
            return Status(_("Being worked on"), working(ticket), "indigo", "tool", promise=promise)
        case "resolved":
            text = _("Please check whether it works again. Without an answer we close it after %(days)s working days.")
            days = {"days": settings.INCIDENT_CLOSE_AFTER_DAYS}
            return Status(_("Solved"), text % days, "green", "circle-check", is_yours=True)
        case "closed":
            return Status(_("Closed"), _("Nothing more to do. A reply opens a new, linked ticket."), "grey", "checks")
        case "cancelled":
            return Status(_("Cancelled"), _("Nothing more happens here."), "grey", "ban")
    return Status(_("Received"), queued(ticket), "blue", "inbox", promise=promise)
