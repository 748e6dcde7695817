"""What approvals do to a change, and what a change does to its approvals. `now` handlers: the subject is locked."""

from changes.effects import tell
from changes.selectors.scope import scope_of
from changes.services.routing import stages_of
from changes.services.scheduling import obstacles
from changes.vocabulary import ChangeType
from tickets.models.approving import hash_of
from tickets.services import approving, door, tasks
from tickets.services.transitions import move


def ask_approvers(event):
    """change.sent_for_approval: ask for exactly this scope. Nobody left to ask is refused, which undoes the step."""
    change = event.subject
    approving.ask(change, stages_of(change), scope=scope_of(change), actor=event.actor)
    change.refresh_from_db()


def go_on(event):
    """approval.granted: into the calendar, unless something is in the way; then it waits, and says so.

    An emergency needs no calendar: whoever carries it out starts.
    """
    change = event.subject
    if change.kind != "change" or change.state != "awaiting_approval" or change.type == ChangeType.EMERGENCY:
        return
    if found := obstacles(change):
        reasons = [obstacle.text for obstacle in found]
        door.write(
            change, "change.held_up", actor=None, before=door.snapshot(change), at=event.at, reasons=reasons,
            **tell(change, {}, actor=None, at=event.at),
        )  # fmt: skip
        return
    move(change, "schedule", actor=None, at=event.at)


def send_back(event):
    """approval.rejected: back to whoever wrote it, with the reason they can mend."""
    change = event.subject
    if change.kind == "change" and change.state == "awaiting_approval":
        move(change, "reject", actor=None, values={"reason": event.data["reason"][:500]}, at=event.at)


def reconsider(event):
    """change.planned, ticket.edited: another scope than was approved or scheduled begins its way again."""
    change = event.subject
    if change.kind != "change" or change.state not in ("awaiting_approval", "scheduled"):
        return
    change = change.typed
    if change.scope_hash == hash_of(scope_of(change)):
        return
    approving.void_if_changed(change, scope_of(change), actor=event.actor)
    change.refresh_from_db()
    back = "reassess" if change.type == ChangeType.NORMAL else "rewrite"
    move(change, back, actor=None, at=event.at)


def stop(event):
    """change.cancelled: nobody decides on it and nobody works for it any more."""
    approving.void(event.subject, actor=event.actor)
    tasks.call_off(event.subject, actor=event.actor)
