"""From the change that is to solve a problem to the day on which nothing came back."""

from django.db import transaction

from changes.models import Change
from core import clock
from incidents.models import Incident
from problems.models import Fix, Problem
from problems.selectors.fitting import broken_by
from problems.vocabulary import ClosingCode, FixOutcome
from tickets import services as tickets
from tickets.models import TicketLink
from tickets.services import door
from tickets.services.resuming import take_quietly
from tickets.services.transitions import move

BATCH = 100


def follow_change(event):
    """`now` handler of change.closed, change.cancelled: problems that it was to solve go on, or back."""
    change = event.subject.typed
    waiting = Problem.objects.filter(
        state="fix_in_progress", links_out__target=change.pk, links_out__kind=TicketLink.Kind.SOLVED_BY
    )
    for problem in waiting.order_by("pk")[:BATCH]:
        _go_on(door.lock(problem), change, at=event.at)


def look_at_changes(event):
    """`now` handler of problem.fix_begun: what was changed already is observed at once."""
    problem = event.subject.typed
    done = Change.objects.filter(pk__in=problem.changes().values("target"), closed_at__isnull=False)
    if (latest := done.order_by("-closed_at").first()) is not None:
        _go_on(problem, latest, at=event.at)


def _go_on(problem, change, *, at):
    """`change` has just ended: without success it was no fix; with it, and with no other one open, the fix stands."""
    if problem.state != "fix_in_progress":
        return
    standing = problem.standing_of_changes()
    if standing == "done":
        move(problem, "observe", actor=None, at=at)
        Fix.objects.create(problem=problem, in_place_at=problem.fixed_at)
    elif standing == "failed" or not change.went_well:
        move(problem, "fail_fix", actor=None, at=at, number=change.number)


def notice_recurrence(event):
    """incident.reported, ticket.edited, in a worker: what comes back shows that a fix had no effect."""
    incident = Incident.objects.filter(pk=event.subject_id).first()
    if incident is None or event.is_history:
        return
    for problem in sorted(broken_by(incident), key=lambda one: one.pk):
        _break(problem, incident)


@transaction.atomic
def _break(problem, incident):
    problem = door.lock(problem)
    if problem.state != "observing":
        return
    Fix.objects.filter(problem=problem, outcome=FixOutcome.OBSERVED).update(
        outcome=FixOutcome.NOT_EFFECTIVE, ended_at=door.instant(problem), recurrence=incident
    )
    move(problem, "recur", actor=None, number=incident.number)
    tickets.link(incident, problem, kind=TicketLink.Kind.CAUSED_BY, actor=None)


def end_observation(event):
    """`now` handler of problem.closed: nothing came back until the end of the observation."""
    problem = event.subject.typed
    if problem.closing_code == ClosingCode.FIXED:
        observed = Fix.objects.filter(problem=problem, outcome=FixOutcome.OBSERVED)
        observed.update(outcome=FixOutcome.EFFECTIVE, ended_at=event.at)


def close_observed() -> int:
    """Close problems whose observation is over; returns how many. Any number of workers may call this."""
    due = Problem.objects.filter(state="observing", watch_until__lte=clock.recorded_now())
    return sum(take_quietly(problem, "close") for problem in due.order_by("watch_until")[:BATCH])
