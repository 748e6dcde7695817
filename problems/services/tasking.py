"""The work that a problem asks of people."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
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
def add_task(problem, *, actor, title, team=None, assignee=None, due_on=None):
    """Give somebody a piece of work, until the day `due_on` if there is one; returns the task.

    Without a team and a person it is for the problem's team.

    Raises NotAllowed (who does not work on it), Refused (closed), InvalidInput by field.
    """
    problem = door.lock(problem)
    if not rules.investigates_it(actor, problem):
        raise NotAllowed()
    if problem.state_info.is_final:
        raise Refused(_("It is closed: nothing is to be done any more."))
    if not title.strip():
        raise InvalidInput({"title": [_("This field is required.")]})
    if assignee is not None and not (assignee.is_active and assignee.is_staff_member):
        raise InvalidInput({"assignee": [_("Only active people of the desk work on tasks.")]})
    if due_on is not None and due_on < timezone.localdate(clock.now()):
        raise InvalidInput({"due_on": [_("This day is over.")]})
    team = team or (None if assignee else problem.team)
    planned = tasks.PlannedTask(
        f"work-{problem.tasks.count() + 1}",
        title,
        team=team,
        assignee=assignee,
        is_mandatory=False,
        due_on=due_on,
    )
    return tasks.plan(problem, [planned], actor=actor, is_whole=False)[0]
