"""What approvals and tasks do to their request. `now` handlers: the subject is the ticket its publisher has locked."""

from catalog.services import routing
from tickets.services import approving, tasks
from tickets.services.transitions import move


def go_on(event):
    """approval.granted: the request is approved; what has to be done is planned with `plan`."""
    if _is_request(event, "awaiting_approval"):
        move(event.subject, "approve", actor=None, at=event.at)


def plan(event):
    """request.approved: its tasks; an item without any is fulfilled by hand."""
    planned = routing.tasks_of(event.subject)
    if planned:
        tasks.plan(event.subject, planned, actor=None)


def send_back(event):
    """approval.rejected: back to the requester, with the reason they can mend."""
    if _is_request(event, "awaiting_approval"):
        refused = event.subject.approval_slots.filter(stage__round=event.data["round"], state="rejected")
        reason = refused.latest("decided_at").reason
        move(event.subject, "reject", actor=None, values={"reason": reason[:500]}, at=event.at)


def begin(event):
    """task.started, task.completed: work has begun."""
    if _is_request(event, "approved"):
        move(event.subject, "start", actor=None, at=event.at)


def fulfil(event):
    """task.all_done: everything mandatory is done, so it is delivered."""
    if _is_request(event, "approved", "in_fulfilment"):
        move(event.subject, "fulfil", actor=None, at=event.at)


def stop(event):
    """request.withdrawn, request.cancelled: nobody decides on it and nobody works for it any more."""
    approving.void(event.subject, actor=event.actor)
    tasks.call_off(event.subject, actor=event.actor)


def _is_request(event, *states) -> bool:
    return event.subject.kind == "request" and event.subject.state in states
