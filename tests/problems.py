"""Problems for tests: one that lacks nothing to be a known error."""

from problems import services
from tests.landscape import landscape
from tickets import services as tickets

FOUND = {
    "root_cause": "The firmware leaks memory",
    "no_method_reason": "The supplier named the fault",
    "workaround": "Restart the switch at night",
}


def raised(cast, *, actor=None, items=None, **values):
    """A new problem of 陈浩's about the first host."""
    items = [landscape(cast)["host-1"]] if items is None else items
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
