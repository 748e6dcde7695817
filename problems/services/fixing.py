"""From the change that is to solve a problem to the day on which nothing came back."""

from django.db import transaction

from core import clock
from core.errors import Refused
from incidents.models import Incident
from problems.models import Fix, Problem
from problems.selectors.fitting import broken_by, what_came_back
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
    if problem.standing_of_changes() == "done":
        _observe(problem, at=event.at)


def _go_on(problem, change, *, at):
    """`change` has just ended: without success it was no fix; with it, and with no other one open, the fix stands."""
    if problem.state != "fix_in_progress":
        return
    standing = problem.standing_of_changes()
    if standing == "done":
        _observe(problem, at=at)
    elif standing == "failed" or not change.went_well:
        move(problem, "fail_fix", actor=None, at=at, number=change.number)


def _observe(problem, *, at):
    move(problem, "observe", actor=None, at=at)
    Fix.objects.create(problem=problem, in_place_at=problem.fixed_at)


def notice_recurrence(event):
    """incident.reported, incident.reopened, ticket.edited, ticket.linked, in a worker: what comes back shows that a
    fix had no effect."""
    incident = Incident.objects.filter(pk=event.subject_id).first()
    if incident is None or event.is_history:
        return
    for problem in broken_by(incident):
        with transaction.atomic():
            show_recurrence(door.lock(problem), incident)


def look_over(event):
    """`now` handler of problem.absorbed: what the duplicate caused may have come while the original was observed."""
    _look_over(event.subject.typed)


def set_aside(event):
    """`now` handler of problem.recurrence_denied: what came back was something else, so the fix is observed on.

    What only the system laid to the problem is no longer linked with it. Where something else came meanwhile that does
    show the fix to be none, the problem is investigated on, because of that.
    """
    problem = event.subject.typed
    fix = problem.fixes.first()
    incident = fix.recurrence
    fix.set_aside.add(incident)
    fix.outcome, fix.ended_at, fix.recurrence = FixOutcome.OBSERVED, None, None
    fix.save(update_fields=["outcome", "ended_at", "recurrence"])
    links = TicketLink.objects.filter(source=incident.pk, target=problem.pk, kind=TicketLink.Kind.CAUSED_BY)
    for made in links.filter(created_by=None):
        tickets.unlink(made, actor=None)
    _look_over(problem)


def take_back(event):
    """incident.cancelled, in a worker: what turned out to be none, or another's double, shows nothing about a fix."""
    for fix in Fix.objects.filter(recurrence=event.subject_id, outcome=FixOutcome.NOT_EFFECTIVE).order_by("pk"):
        if fix == fix.problem.fixes.first() and not event.is_history:
            reason = {"reason": fix.recurrence.number}
            try:
                tickets.take_transition(fix.problem, "deny_recurrence", actor=None, values=reason)
            except Refused:
                continue  # The problem went on by another way: it is being fixed anew, or closed.


def _look_over(problem):
    if problem.state == "observing" and (incident := what_came_back(problem)) is not None:
        show_recurrence(problem, incident)


def show_recurrence(problem, incident):
    """A locked problem that is observed is investigated again because of an incident, and its fix was none."""
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
