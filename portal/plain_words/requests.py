"""A service request as its requester reads it. Pure."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.plain_words.telling import Status, chip_promise, queued, waiting, working


def status_of(request, chips=()) -> Status:
    promise = chip_promise(chips, "resolution", "delivery") if request.is_open else None
    match request.state:
        case "awaiting_approval":
            text = _("Those who have to agree were asked. Nothing is due from you.")
            return Status(_("Waiting for approval"), text, "purple", "user-question")
        case "draft":
            text = _("It was not approved as it is. Read why, change it and send it again, or withdraw it.")
            return Status(_("Sent back to you"), text, "orange", "arrow-back-up", is_yours=True)
        case "approved":
            return Status(_("Approved"), queued(request), "blue", "circle-check", promise=promise)
        case "in_fulfilment":
            return Status(_("Being fulfilled"), working(request), "indigo", "tool", promise=promise)
        case "pending":
            return waiting(request)
        case "fulfilled":
            text = _("Please check whether it is all there. Without an answer we close it after %(days)s working days.")
            days = {"days": settings.REQUEST_CLOSE_AFTER_DAYS}
            return Status(_("Delivered"), text % days, "green", "circle-check", is_yours=True)
        case "closed":
            return Status(_("Closed"), _("Nothing more to do."), "grey", "checks")
        case "withdrawn":
            return Status(_("Withdrawn"), _("You took it back. Nothing more happens here."), "grey", "ban")
        case "cancelled":
            return Status(_("Cancelled"), _("Nothing more happens here."), "grey", "ban")
    return Status(_("Received"), queued(request), "blue", "inbox", promise=promise)


def steps(request) -> list[tuple[str, str]]:
    """(label, "is-done" | "is-here" | "") along the way of a request."""
    classes = {"done": "is-done", "here": "is-here"}
    return [(str(state.plain), classes.get(where, "")) for state, where in request.stages]
