"""Which open problems a new incident belongs to, and why: known errors, and problems whose fix is being observed."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from problems.models import Problem, Sighting
from problems.recurring.words import likeness, words_of
from problems.selectors.proposals import words_said
from tickets.models import TicketLink

# What is alike so much is offered.
ENOUGH = 0.45
ITEM, CATEGORY, SERVICE = 0.6, 0.3, 0.1
COMPARED = 60
SIGHTED = 300


@dataclass(frozen=True)
class Match:
    """`why` are the reasons in the reader's language, strongest first; `score` orders, 0 to 2. `is_alike`: it is on the
    same item or says the same, so that it may be the same again; what only shares a category need not be."""

    problem: Problem
    why: tuple
    score: float
    is_alike: bool


def matches(incident, *, items=None, limit=5) -> list[Match]:
    """Open problems of the same organisation that an incident fits, best first; none it is linked to already.

    It fits on the same item; on the same service with the same category; or on the same service with words that are
    like those of the problem or of an incident it causes. A visible problem is the caller's to choose.
    `items` are the keys of its items, where it is only being written and has none yet.
    """
    if items is None:
        items = set(incident.affected_items.values_list("pk", flat=True))
    about = Q(affected_items__in=items) | (Q(service=incident.service_id) if incident.service_id else Q(pk=None))
    linked = TicketLink.objects.filter(source=incident.pk, kind=TicketLink.Kind.CAUSED_BY).values("target")
    rows = Problem.objects.open().filter(about, organisation=incident.organisation_id).exclude(pk__in=linked)
    problems = list(
        rows.distinct().select_related("service").prefetch_related("affected_items").order_by("-pk")[:COMPARED]
    )
    if not problems:
        return []
    heard = heard_of(problems)
    found = [match(incident, items, problem, heard.get(problem.pk, [])) for problem in problems]
    return sorted(filter(None, found), key=lambda match: (-match.score, match.problem.pk))[:limit]


def match(incident, items, problem, heard) -> Match | None:
    """How an incident on `items` fits one problem, which was `heard_of` in so many words; None where it does not."""
    same_items = [item for item in problem.affected_items.all() if item.pk in items]
    same_service = incident.service_id and incident.service_id == problem.service_id
    same_category = same_service and incident.category_id and incident.category_id == problem.category_id
    known = " ".join(
        name for name in (problem.service and f"{problem.service.name_zh} {problem.service.name_en}",) if name
    )
    ours = frozenset(words_of(incident.title, incident.description, known=known))
    theirs = [frozenset(words_of(problem.title, problem.description, known=known)), *heard]
    nearest = max(theirs, key=lambda words: likeness(ours, words))
    alike = likeness(ours, nearest)
    words_alike = same_service and alike >= ENOUGH
    if not (same_items or same_category or words_alike):
        return None
    words = words_said(sorted(ours & nearest)) if alike >= ENOUGH else ""
    reasons = (
        same_items and _("same item: %(item)s") % {"item": same_items[0]},
        words and _("same words: %(words)s") % {"words": words},
        same_category and _("same category"),
        same_service and _("same service"),
    )
    score = ITEM * bool(same_items) + CATEGORY * bool(same_category) + SERVICE * bool(same_service) + alike
    is_alike = bool(same_items or words_alike)
    return Match(problem, tuple(filter(None, reasons)), round(score, 3), is_alike)


def heard_of(problems) -> dict[int, list]:
    """{problem: the words of the latest incidents it causes}."""
    links = TicketLink.objects.filter(
        target__in=[problem.pk for problem in problems], kind=TicketLink.Kind.CAUSED_BY, source__kind="incident"
    )
    pairs = list(links.order_by("-source").values_list("target", "source")[:SIGHTED])
    words = dict(Sighting.objects.filter(pk__in=[source for _t, source in pairs]).values_list("pk", "words"))
    heard = {}
    for target, source in pairs:
        if source in words:
            heard.setdefault(target, []).append(frozenset(words[source]))
    return heard
