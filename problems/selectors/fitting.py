"""What follows from an incident that fits a problem: help that is known, or a fix that did not hold."""

from incidents.models import Incident
from problems.models import Problem
from problems.selectors.matching import COMPARED, matches


def broken_by(incident) -> list[Problem]:
    """Problems whose fix an incident shows to be without effect: it came while they were observed."""
    came = incident.created_at
    found = [match.problem for match in matches(incident, limit=COMPARED) if match.problem.state == "observing"]
    return [problem for problem in found if problem.fixed_at < came <= problem.watch_until]


def known_for(user, incident, *, items=None, limit=5) -> list:
    """Matches with known errors that something helps against and the reader sees, the best first."""
    found = matches(incident, items=items, limit=COMPARED)
    found = [match for match in found if match.problem.has_published_help]
    seen = Problem.objects.visible_to(user).filter(pk__in=[match.problem.pk for match in found])
    visible = set(seen.values_list("pk", flat=True)) if found else set()
    return [match for match in found if match.problem.pk in visible][:limit]


def known_while_typing(user, *, service, **typed) -> list:
    """The same for an incident about `service` that is only being written; nothing as long as no service is named."""
    if service is None or service.organisation_id is None:
        return []
    written = Incident(service=service, organisation_id=service.organisation_id, **typed)
    return known_for(user, written, items=set())
