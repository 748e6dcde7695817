"""A problem behind an incident."""

from tests.guards.routes import ROUTES
from tests.problems import raised


def samples(cast, world):
    world.problem = problem = raised(cast, items=[world.land["host-1"]], incidents=[world.incident])
    return {
        **{f"{route.name}.number": problem.number for route in ROUTES if route.name.startswith("problems:")},
        **{f"{route.name}.number": problem.number for route in ROUTES if route.name.startswith("api:problem-")},
        "problems:step.name": "cancel",
    }
