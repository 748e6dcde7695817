"""Tasks that no person has to do: what each kind is called and what it does.

An action is `action(task)`; it raises whatever it likes, and the task has failed with those words. It may run again
after a crash, so whatever it writes belongs to the database.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tickets.services import door


@dataclass(frozen=True)
class Action:
    label: str
    run: Callable


def _notify_requester(task):
    """Tell the requester that the work has come this far; notifications hear it."""
    ticket = task.ticket
    door.write(
        ticket, "task.announced", actor=None, before=door.snapshot(ticket), task=task.pk, title=task.title
    )  # fmt: skip


ACTIONS = {"notify_requester": Action(_("Tell the requester"), _notify_requester)}
