"""A problem behind an incident, with a task and an analysis."""

from problems import services as problems
from problems.models import AnalysisTemplate
from tests.guards.routes import ROUTES
from tests.problems import FOUND, raised
from tickets import services as tickets


def samples(cast, world):
    world.problem = problem = raised(cast, items=[world.land["host-1"]], incidents=[world.incident])
    task = problems.add_task(problem, actor=cast.chen_hao, title="look", team=cast.network)
    analysis = problems.begin_analysis(
        problem, actor=cast.chen_hao, method="whys", template=AnalysisTemplate.objects.get(method="whys")
    )
    known = raised(cast, items=[], title="Known", **FOUND)
    for name in ("assess", "investigate", "declare_known_error"):
        known = tickets.take_transition(known, name, actor=cast.chen_hao)
    return {
        **{f"{route.name}.number": problem.number for route in ROUTES if route.name.startswith("problems:")},
        **{f"{route.name}.number": problem.number for route in ROUTES if route.name.startswith("api:problem-")},
        **{
            f"{route.name}.pk": analysis.pk
            for route in ROUTES
            if "analys" in route.name or route.name == "problems:cause"
        },
        "problems:edit-analysis-template.pk": AnalysisTemplate.objects.first().pk,
        "problems:export-analysis.kind": "json",
        "problems:cause.node": analysis.tree.roots[0].id,
        **{f"problems:{name}.number": world.incident.number for name in ("beside", "link")},
        "problems:accept-risk.number": known.number,
        "problems:task.pk": task.pk,
        "problems:figure.key": "known",
        "problems:step.name": "cancel",
    }
