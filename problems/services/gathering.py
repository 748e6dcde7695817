"""Incidents are laid to a proposal, or to a problem: there as its links."""

from incidents.models import Incident
from problems.models import ProposedIncident, Sighting
from problems.recurring.finding import common_words
from problems.selectors import proposals
from tickets import services as tickets
from tickets.models import TicketLink

WORDS_KEPT = 8


def gather(problem, incidents) -> None:
    """Link incidents, by key, to a problem as caused by it; those that are linked already stay as they are."""
    new = Incident.objects.filter(pk__in=incidents).exclude(pk__in=problem.incidents().values("pk"))
    for incident in new.order_by("pk"):
        tickets.link(incident, problem, kind=TicketLink.Kind.CAUSED_BY, actor=None)


def hold(proposal, incidents) -> None:
    """Put incidents, by key, into a proposal, and tell of it anew."""
    ProposedIncident.objects.bulk_create(
        [ProposedIncident(proposal=proposal, incident_id=pk) for pk in incidents], ignore_conflicts=True
    )
    count_anew(proposal)


def count_anew(proposal) -> None:
    """Write what is told of a proposal from the incidents it holds: since when, until when, words, score."""
    held = list(Sighting.objects.filter(incident__proposed_in__proposal=proposal).order_by("at", "pk"))
    if held:
        proposal.first_at, proposal.last_at = held[0].at, held[-1].at
        proposal.words = common_words([row.words for row in held])[:WORDS_KEPT]
    proposal.score = sum(points for _part, points in proposals.parts_of(proposal))
    proposal.save(update_fields=["first_at", "last_at", "words", "score"])
