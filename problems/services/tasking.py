"""The work that a problem asks of people."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput, NotAllowed, Refused
from problems import rules
from problems.vocabulary import ClosingCode
from tickets.services import door, tasks


def call_off(event):
    """`now` handler of problem.closed: nobody works on what was cancelled or cannot be reproduced.

    What a fixed one, or one whose risk is accepted, still asks for is work as before.
    """
    problem = event.subject.typed
    if problem.closing_code in (ClosingCode.CANCELLED, ClosingCode.NOT_REPRODUCIBLE):
        tasks.call_off(problem, actor=event.actor)


@transaction.atomic
def add_task(problem, *, actor, title, team=None, assignee=None):
    """Give somebody a piece of work; returns the task. Without a team and a person it is for the problem's team.

    Raises NotAllowed (who does not work on it), Refused (closed), InvalidInput by field.
    """
    problem = door.lock(problem)
    if not rules.investigates_it(actor, problem):
        raise NotAllowed()
    if problem.state_info.is_final:
        raise Refused(_("It is closed: nothing is to be done any more."))
    if not title.strip():
        raise InvalidInput({"title": [_("This field is required.")]})
    team = team or (None if assignee else problem.team)
    planned = tasks.PlannedTask(
        f"work-{problem.tasks.count() + 1}", title, team=team, assignee=assignee, is_mandatory=False
    )
    return tasks.plan(problem, [planned], actor=actor, is_whole=False)[0]
