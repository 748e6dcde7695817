"""Incidents that wait for the solution of a problem."""

from problems.models import Problem
from tickets.models import PendingReason, Ticket
from tickets.services.resuming import take_quietly


def resume_waiting(event):
    """problem.known, problem.described, problem.closed, in a worker: what waited goes on when something helps.

    That is a workaround, or the end of the problem. A worker does it, one ticket at a time, so that nobody holds a
    problem while waiting for its incidents.
    """
    problem = Problem.objects.filter(pk=event.subject_id).first()
    if problem is not None and (problem.state_info.is_final or problem.has_published_help):
        resume(problem)


def resume(problem):
    """What waits for the problem goes on."""
    waiting = problem.incidents().filter(state="pending", pending_reason=PendingReason.PROBLEM)
    for ticket in Ticket.objects.filter(pk__in=waiting.values("pk")).order_by("pk").iterator():
        take_quietly(ticket, "resume")
