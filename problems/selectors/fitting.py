"""What follows from an incident that fits a problem: help that is known, or a fix that did not hold."""

from django.db.models import Q

from events import selectors as ledger
from incidents.models import Incident
from problems.models import Fix, Problem
from problems.selectors.matching import COMPARED, heard_of, match, matches
from problems.vocabulary import FixOutcome
from tickets.models import TicketLink

# Of what came while a fix was observed, so much is looked at again.
LOOKED_OVER = 200


def broken_by(incident) -> list[Problem]:
    """Problems whose fix an incident shows to be without effect: it came, or came back, while they were observed.

    Somebody linked it with them, it is on the same item, or it says the same of the same service. What was cancelled
    shows nothing, and neither does what was set aside as no recurrence.
    """
    linked = TicketLink.objects.filter(source=incident.pk, kind=TicketLink.Kind.CAUSED_BY)
    found = {problem.pk: problem for problem in Problem.objects.filter(pk__in=linked.values("target"))}
    found |= {one.problem.pk: one.problem for one in matches(incident, limit=COMPARED) if one.is_alike}
    observed = {pk: problem for pk, problem in found.items() if problem.state == "observing"}
    if not observed or incident.state == "cancelled":
        return []
    fixes = Fix.objects.filter(problem__in=observed, outcome=FixOutcome.OBSERVED, set_aside=incident.pk)
    aside, moments = set(fixes.values_list("problem", flat=True)), _moments(incident)
    return [one for pk, one in sorted(observed.items()) if pk not in aside and _is_within(one, moments)]


def what_came_back(problem) -> Incident | None:
    """The first of the incidents that show the fix of an observed problem to be without effect, or None.

    Of those linked, and of the latest that came meanwhile to its organisation on its items or its service.
    """
    items = set(problem.affected_items.values_list("pk", flat=True))
    linked = set(problem.incidents().values_list("pk", flat=True))
    about = Q(pk__in=linked)
    if items or problem.service_id:
        on = Q(affected_items__in=items) | (Q(service=problem.service_id) if problem.service_id else Q(pk=None))
        came = Q(created_at__gt=problem.fixed_at, created_at__lte=problem.watch_until)
        about |= on & came & Q(organisation=problem.organisation_id)
    aside = Fix.objects.filter(problem=problem, outcome=FixOutcome.OBSERVED).values("set_aside")
    rows = Incident.objects.filter(about).exclude(state="cancelled").exclude(pk__in=aside.exclude(set_aside=None))
    rows = rows.distinct().prefetch_related("affected_items").order_by("-created_at", "-pk")[:LOOKED_OVER]
    heard = heard_of([problem]).get(problem.pk, [])
    for one in sorted(rows, key=lambda row: (row.created_at, row.pk)):
        fits = one.pk in linked
        if not fits:
            found = match(one, {item.pk for item in one.affected_items.all()}, problem, heard)
            fits = found is not None and found.is_alike
        if fits and _is_within(problem, _moments(one)):
            return one
    return None


def _moments(incident) -> list:
    """When an incident came and came back."""
    back = ledger.instants_of(incident, "incident.reopened") if incident.reopen_count else []
    return [incident.created_at, *back]


def _is_within(problem, moments) -> bool:
    return any(problem.fixed_at < at <= problem.watch_until for at in moments)


def known_for(user, incident, *, items=None, limit=5) -> list:
    """Matches with known errors that something helps against and the reader sees, the best first."""
    found = matches(incident, items=items, limit=COMPARED)
    found = [match for match in found if match.problem.has_published_help]
    seen = Problem.objects.visible_to(user).filter(pk__in=[match.problem.pk for match in found])
    visible = set(seen.values_list("pk", flat=True)) if found else set()
    return [match for match in found if match.problem.pk in visible][:limit]


def known_while_typing(user, *, service, items=(), **typed) -> list:
    """The same for an incident about `service` or `items` that is only being written; nothing while neither is named.

    Without a service it is of the organisation of its first item.
    """
    owners = [one.organisation_id for one in (service, *items) if one is not None and one.organisation_id]
    if not owners:
        return []
    written = Incident(service=service, organisation_id=owners[0], **typed)
    return known_for(user, written, items={item.pk for item in items})
