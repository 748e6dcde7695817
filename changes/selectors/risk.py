"""What the graph says of a change's risk."""

from typing import NamedTuple

from changes.models import RiskQuestion
from cmdb.models import Service
from cmdb.selectors import impact

# The worst criticality of a service that fails (1 critical … 4 low) as impact; losing only redundancy weighs 2.
_WORST = 6
_AT_RISK = 2


class GraphImpact(NamedTuple):
    """`level` from 1 (no service is touched) to 5 (a critical one fails), and how many services that is about."""

    level: int
    failing: int
    at_risk: int


def impact_of(item_ids) -> GraphImpact:
    """What fails while these items are changed, and what loses its redundancy meanwhile. Three queries."""
    if not item_ids:
        return GraphImpact(1, 0, 0)
    fails, reached = impact.failing(item_ids), impact.reachable(item_ids)
    services = Service.objects.filter(pk__in=list(reached), is_active=True).values_list("pk", "criticality")
    failing = [criticality for pk, criticality in services if pk in fails]
    level = _WORST - min(failing) if failing else (_AT_RISK if services else 1)
    return GraphImpact(level, len(failing), len(services) - len(failing))


def likelihood_of(answers) -> int:
    """From 1 (all is well known) to 5, by the points of what was answered; `answers` are {slug: option}."""
    questions = list(RiskQuestion.objects.filter(slug__in=answers))
    most = sum(question.most_points for question in questions)
    points = sum(question.options[answers[question.slug]]["points"] for question in questions)
    return 1 + round(4 * points / most) if most else 1
