"""What is not written down: words that no article answered, and faults that are solved again and again."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from core import clock
from incidents.models import Incident
from knowledge.models import HelpSession
from problems.models import Sighting
from problems.recurring.words import likeness, words_of
from tickets.models import TicketArticle

LOOKED_BACK = timedelta(days=90)
# So many of the latest are grouped; so many groups are shown.
SEARCHES, SOLVED, SHOWN = 500, 1_000, 30
ALIKE = 0.45
# What was solved so often without an article is worth writing down.
OFTEN = 3


@dataclass(frozen=True)
class SearchedFor:
    """Searches that mean the same, the latest first; `words` is how most people put it."""

    words: str
    searches: list


@dataclass(frozen=True)
class Solved:
    """Incidents of one service that are alike and were solved, the latest first; `best` tells most about how."""

    service: object
    incidents: list
    best: Incident


def searches_in_vain(user) -> list[SearchedFor]:
    """Groups of searches that found nothing in the last 90 days, the most frequent first. One query."""
    rows = HelpSession.objects.visible_to(user).filter(found_nothing=True, started_at__gte=_since())
    groups = []
    for row in rows.exclude(words="").order_by("-started_at")[:SEARCHES]:
        _join(groups, row, frozenset(words_of(row.words)) or frozenset({row.words.strip().lower()}))
    found = [SearchedFor(Counter(row.words for row in held).most_common(1)[0][0], held) for _words, held in groups]
    return sorted(found, key=lambda group: (-len(group.searches), -group.searches[0].pk))[:SHOWN]


def solved_without_article(user) -> list[Solved]:
    """Groups of alike incidents of one service solved in the last 90 days, none of which has an article, the most
    frequent first. Of very many the latest are grouped."""
    rows = Incident.objects.visible_to(user).filter(resolved_at__gte=_since(), service__isnull=False)
    rows = rows.exclude(resolution_notes="").select_related("service").defer("search_vector", "internal_vector")
    latest = list(rows.order_by("-resolved_at", "-pk")[:SOLVED])
    keys = [incident.pk for incident in latest]
    words = dict(Sighting.objects.filter(pk__in=keys).values_list("pk", "words"))
    written = set(TicketArticle.objects.filter(ticket__in=keys).values_list("ticket", flat=True))
    by_service = {}
    for incident in latest:
        if said := frozenset(words.get(incident.pk, ())):
            _join(by_service.setdefault(incident.service_id, []), incident, said)
    held = [
        group for groups in by_service.values() for _words, group in groups
        if len(group) >= OFTEN and not any(incident.pk in written for incident in group)
    ]  # fmt: skip
    found = [Solved(group[0].service, group, max(group, key=_tells)) for group in held]
    return sorted(found, key=lambda solved: (-len(solved.incidents), -solved.incidents[0].pk))[:SHOWN]


def has_unread(user) -> bool:
    """Whether something solved in the last 90 days was not read yet: an import is not gone through, so that nobody can
    say yet that nothing is missing. What hangs under another incident, or was cancelled, is never read."""
    rows = Incident.objects.visible_to(user).filter(resolved_at__gte=_since(), created_at__gte=_since())
    return rows.filter(sighting=None, parent=None).exclude(state="cancelled").exists()


def _join(groups, row, words):
    """Put a row into the group it is most like, or begin one; a group is known by the words of its first."""
    nearest = max(groups, key=lambda group: likeness(group[0], words), default=None)
    if nearest is not None and likeness(nearest[0], words) >= ALIKE:
        nearest[1].append(row)
    else:
        groups.append((words, [row]))


def _tells(incident):
    """What was not reopened before what was, then the longest words, then the latest."""
    return -incident.reopen_count, len(incident.resolution_notes), incident.pk


def _since():
    return clock.now() - LOOKED_BACK
