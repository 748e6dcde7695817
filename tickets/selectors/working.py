"""The tasks of a ticket as a page lists them."""

from tickets import rules
from tickets.vocabulary import TaskState


def tasks_of(user, ticket) -> list:
    """What `user` may read of the work around a ticket, each piece with whether they `may_work` on it now."""
    found = list(ticket.tasks.visible_to(user).select_related("team", "assignee", "ended_by"))
    for task in found:
        task.ticket = ticket
        task.may_work = task.state in (TaskState.OPEN, TaskState.STARTED) and rules.works_task(user, task)
    return found
