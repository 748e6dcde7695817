"""The work itself as tasks: planned when it begins, taken back step by step, ended with the last. `now` handlers."""

from changes.rules import lines_of
from tickets.services import tasks
from tickets.services.tasks import PlannedTask
from tickets.services.transitions import move


def begin(event):
    """change.started: the steps become tasks, one after the other, of whoever carries it out."""
    _plan(event.subject, event.subject.steps, "step", actor=event.actor)


def take_back(event):
    """change.backed_out: what was still to do is called off, the steps back are to do instead."""
    change = event.subject
    tasks.call_off(change, actor=event.actor)
    _plan(change, change.back_out_steps, "back", actor=event.actor)


def end(event):
    """task.all_done: with the last mandatory task the work is done, or taken back."""
    change = event.subject
    if change.kind == "change" and change.state in ("implementing", "rolled_back"):
        move(change, "finish", actor=None, at=event.at)


def _plan(change, steps, prefix, *, actor):
    """Who hands a step over gives its task to another person or team (`tickets.services.tasks.assign`)."""
    planned, before = [], ()
    for number, title in enumerate(lines_of(steps), start=1):
        key = f"{prefix}-{number}"
        planned.append(PlannedTask(key, title, team=change.team, assignee=change.implementer, after=before))
        before = (key,)
    if planned:
        tasks.plan(change, planned, actor=actor)
