"""What the words for every kind of ticket share: the status line, the promise, who has it, what it waits for."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Promise:
    """What the agreement promises next. `kind` is answer, solution or delivery; `is_late` when that time has passed."""

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


def promise_of(ticket, chips) -> Promise | None:
    """The next promised instant: the answer until somebody answered, the solution after that."""
    return chip_promise(chips, *(("resolution", "solution") if ticket.responded_at else ("response", "answer")))


def chip_promise(chips, metric, kind) -> Promise | None:
    """What the running clock of a metric promises, as a promise of a kind."""
    for chip in chips:
        if chip.metric == metric and chip.due_at and chip.is_running:
            return Promise(kind, chip.due_at, chip.state == "breached")
    return None


def working(ticket):
    if ticket.assignee:
        return _("%(name)s is working on it.") % {"name": ticket.assignee.display_name}
    return queued(ticket)


def queued(ticket):
    if ticket.assignee:
        return _("%(name)s has it and starts soon.") % {"name": ticket.assignee.display_name}
    if ticket.team:
        return _("Next: somebody of %(team)s takes it.") % {"team": ticket.team.name}
    return _("Next: the service desk reads it.")


def waiting(ticket):
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
