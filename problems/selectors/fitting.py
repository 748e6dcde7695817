"""What follows from an incident that fits a problem: help that is known, or a fix that did not hold."""

from problems.models import Problem
from problems.selectors.matching import COMPARED, matches


def broken_by(incident) -> list[Problem]:
    """Problems whose fix an incident shows to be without effect: it came while they were observed."""
    came = incident.created_at
    found = [match.problem for match in matches(incident, limit=COMPARED) if match.problem.state == "observing"]
    return [problem for problem in found if problem.fixed_at < came <= problem.watch_until]


def known_for(user, incident, *, limit=5) -> list:
    """Matches with known errors that something helps against and the reader sees, the best first."""
    found = [match for match in matches(incident, limit=COMPARED) if match.problem.has_published_help]
    seen = Problem.objects.visible_to(user).filter(pk__in=[match.problem.pk for match in found])
    visible = set(seen.values_list("pk", flat=True)) if found else set()
    return [match for match in found if match.problem.pk in visible][:limit]
