"""What each transition writes on a change, in memory. It reads nothing and saves nothing.

What an effect returns stands in the event: `told` are the people who hear of it.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from changes.vocabulary import Outcome
from core.errors import InvalidInput


def tell(change, values, *, actor, at):
    """Nothing is written; whoever prepares it and carries it out is told."""
    people = (change.requester_id, change.assignee_id, change.implementer_id)
    return {"told": list(dict.fromkeys(pk for pk in people if pk))}


def start(change, values, *, actor, at):
    change.actual_start = at
    if change.implementer_id is None and actor is not None:
        change.implementer = actor


def back_out(change, values, *, actor, at):
    """It is being taken back; the work ends when that is done."""
    change.outcome = Outcome.ROLLED_BACK
    return tell(change, values, actor=actor, at=at)


def finish(change, values, *, actor, at):
    change.actual_end = at
    change.watch_until = at + timedelta(hours=change.watch_hours)


def close(change, values, *, actor, at):
    """What was taken back can only be judged as taken back or as failed; what was not, is not called rolled back."""
    was_backed_out = change.outcome == Outcome.ROLLED_BACK
    if was_backed_out and values["outcome"] not in (Outcome.ROLLED_BACK, Outcome.FAILED):
        raise InvalidInput({"outcome": [_("It was backed out, so it was not successful.")]})
    if not was_backed_out and values["outcome"] == Outcome.ROLLED_BACK:
        raise InvalidInput({"outcome": [_("It was not backed out.")]})
    change.outcome = values["outcome"]
    change.records = values["records"]
    change.review_notes = values["review_notes"]
    change.closed_at = at


def cancel(change, values, *, actor, at):
    change.closed_at = at
    return tell(change, values, actor=actor, at=at)
