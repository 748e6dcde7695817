"""Problems for tests: one that lacks nothing to be a known error, and the change that solves it."""

from datetime import timedelta

from changes.models import Change
from core import clock
from problems import services
from tests.changes import planned
from tests.landscape import landscape
from tickets import services as tickets
from tickets.models import TicketLink

DAY = timedelta(days=1)
FOUND = {
    "root_cause": "The firmware leaks memory",
    "no_method_reason": "The supplier named the fault",
    "workaround": "Restart the switch at night",
}


def host(cast):
    """The first host of the one landscape of a test."""
    if "land" not in vars(cast):
        cast.land = landscape(cast)
    return cast.land["host-1"]


def raised(cast, *, actor=None, items=None, **values):
    """A new problem of 陈浩's about the first host."""
    items = [host(cast)] if items is None else items
    values = {"title": "The host restarts", "team": cast.network, **values}
    return services.open_problem(actor=actor or cast.chen_hao, affected_items=items, **values)


def investigated(cast, **values):
    problem = raised(cast, **values)
    for name in ("assess", "investigate"):
        problem = tickets.take_transition(problem, name, actor=cast.chen_hao)
    return problem


def known_error(cast, **values):
    problem = investigated(cast, **FOUND, **values)
    return tickets.take_transition(problem, "declare_known_error", actor=cast.chen_hao)


def under_fix(cast, **values):
    """(problem, change): a known error whose fix has begun."""
    problem = known_error(cast, **values)
    change = planned(cast, items=list(problem.affected_items.all()))
    tickets.link(problem, change, kind=TicketLink.Kind.SOLVED_BY, actor=cast.chen_hao)
    return tickets.take_transition(problem, "begin_fix", actor=cast.chen_hao), change


def closed(cast, change, outcome="successful"):
    """The review of a change, closed; how it came there is the business of other tests."""
    Change.objects.filter(pk=change.pk).update(
        state="review", outcome="rolled_back" if outcome == "rolled_back" else "", actual_start=clock.now()
    )
    change = Change.objects.get(pk=change.pk)
    values = {"outcome": outcome, "records": "untouched", "review_notes": "Looked at"}
    return tickets.take_transition(change, "close", actor=cast.admin, values=values)


def observed(cast, **values):
    """A problem whose fix is in place since now."""
    problem, change = under_fix(cast, **values)
    closed(cast, change)
    problem.refresh_from_db()
    return problem
