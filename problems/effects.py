"""What each transition writes on a problem, in memory. It reads nothing and saves nothing.

What an effect returns stands in the event: `told` are the people who hear of it.
"""

from datetime import timedelta

from django.utils import timezone

from problems.vocabulary import ClosingCode


def tell(problem, values, *, actor, at):
    """Nothing is written; whoever has it hears of it."""
    return {"told": [pk for pk in (problem.assignee_id or problem.opened_by_id,) if pk]}


def watch(problem, values, *, actor, at):
    """The fix is in place; from now on nothing like it may come again."""
    problem.fixed_at = at
    problem.watch_until = at + timedelta(days=problem.watch_days)
    return tell(problem, values, actor=actor, at=at)


def watch_on(problem, values, *, actor, at):
    """What came back was something else: the fix is observed as long as it would have been."""
    problem.watch_until = problem.fixed_at + timedelta(days=problem.watch_days)
    return tell(problem, values, actor=actor, at=at)


def begin_again(problem, values, *, actor, at):
    """What was fixed came back, or what was accepted is looked at again."""
    problem.closing_code, problem.closing_notes = "", ""
    problem.closed_at = problem.resolved_at = problem.watch_until = problem.review_on = None
    return tell(problem, values, actor=actor, at=at)


def look_again(problem, values, *, actor, at):
    """The time for which the risk was accepted is over; whoever agreed to it hears of it, too."""
    told = begin_again(problem, values, actor=actor, at=at)["told"]
    accepted_by = values.get("accepted_by")
    return {"told": [*told, accepted_by.pk] if accepted_by and accepted_by.pk not in told else told}


def end(code):
    """The effect that closes a problem with one closing code."""

    def close(problem, values, *, actor, at):
        problem.closing_code = code
        problem.closing_notes = values.get("reason", "")
        problem.closed_at = at
        if code == ClosingCode.FIXED:
            problem.resolved_at = problem.fixed_at
        return tell(problem, values, actor=actor, at=at)

    return close


def accept(problem, values, *, actor, at):
    """It stays as it is until somebody looks at it again."""
    problem.review_on = timezone.localdate(values["review_on"])
    return end(ClosingCode.RISK_ACCEPTED)(problem, values, actor=actor, at=at)
