"""A ticket as its requester reads it: one word, who moves next, and what was promised. Pure."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

STEPS = ("received", "working", "solved", "closed")
_STEP_OF_STATE = {
    "new": 0,
    "assigned": 0,
    "in_progress": 1,
    "pending": 1,
    "resolved": 2,
    "closed": 3,
    "cancelled": 3,
}


@dataclass(frozen=True)
class Promise:
    """What the agreement promises next. `kind` is answer or solution; `is_late` when that time has passed."""

    kind: str
    at: datetime
    is_late: bool


@dataclass(frozen=True)
class Status:
    headline: str
    next_step: str
    tone: str
    icon: str
    is_yours: bool = False
    promise: Promise | None = None


def step_of(ticket) -> int:
    """Index into STEPS of where the ticket stands."""
    return _STEP_OF_STATE.get(ticket.state, 0)


def steps(ticket) -> list[tuple[str, str]]:
    """(label, "is-done" | "is-here" | "") for each step of a ticket's way."""
    labels = [_("Received"), _("Being worked on"), _("Solved"), _("Closed")]
    here = step_of(ticket)
    return [
        (label, "is-here" if index == here else "is-done" if index < here else "") for index, label in enumerate(labels)
    ]


def promise_of(ticket, chips) -> Promise | None:
    """The next promised instant: the answer until somebody answered, the solution after that."""
    metric, kind = ("resolution", "solution") if ticket.responded_at else ("response", "answer")
    for chip in chips:
        if chip.metric == metric and chip.due_at and chip.is_running:
            return Promise(kind, chip.due_at, chip.state == "breached")
    return None


def status_of(ticket, chips=()) -> Status:
    """The status line of `ticket`; `chips` are its clocks as `sla.selectors.chips_for` gives them."""
    if ticket.state == "pending":
        return _waiting(ticket)
    promise = promise_of(ticket, chips) if ticket.is_open else None
    match ticket.state:
        case "in_progress":
            return Status(_("Being worked on"), _working(ticket), "indigo", "tool", promise=promise)
        case "resolved":
            text = _("Please check whether it works again. Without an answer we close it after %(days)s working days.")
            days = {"days": settings.INCIDENT_CLOSE_AFTER_DAYS}
            return Status(_("Solved"), text % days, "green", "circle-check", is_yours=True)
        case "closed":
            return Status(_("Closed"), _("Nothing more to do. A reply opens a new, linked ticket."), "grey", "checks")
        case "cancelled":
            return Status(_("Cancelled"), _("Nothing more happens here."), "grey", "ban")
    return Status(_("Received"), _queued(ticket), "blue", "inbox", promise=promise)


def _working(ticket):
    if ticket.assignee:
        return _("%(name)s is working on it.") % {"name": ticket.assignee.display_name}
    return _queued(ticket)


def _queued(ticket):
    if ticket.assignee:
        return _("%(name)s has it and starts soon.") % {"name": ticket.assignee.display_name}
    if ticket.team:
        return _("Next: somebody of %(team)s takes it.") % {"team": ticket.team.name}
    return _("Next: the service desk reads it.")


def _waiting(ticket):
    if ticket.pending_reason == "caller":
        text = _("We need an answer from you. Work goes on as soon as you reply.")
        return Status(_("Waiting for you"), text, "orange", "message-circle", is_yours=True)
    text = {
        "vendor": _("We are waiting for a supplier."),
        "change": _("We are waiting for a planned change."),
        "problem": _("We are waiting for the solution of a known problem."),
        "scheduled": _("Work is scheduled for later."),
    }.get(ticket.pending_reason, "")
    return Status(_("On hold"), text, "yellow", "player-pause")
