"""The agenda of a meeting as one member reads it."""

from typing import NamedTuple

from changes.models import AgendaItem, RiskAssessment
from tickets.models import ApprovalRound, ApprovalSlot
from tickets.selectors import approving

SHOWN = 100


class Row(NamedTuple):
    """A change on the agenda: its last time of asking, if any, its latest assessment, the reader's own vote to give."""

    item: AgendaItem
    rounds: list[ApprovalRound]
    assessment: RiskAssessment | None
    vote: ApprovalSlot | None


def agenda_of(meeting, user) -> list[Row]:
    """What of it the reader sees, in order; a fixed number of queries."""
    related = ("change__requester", "change__implementer")
    items = list(meeting.agenda.visible_to(user).select_related(*related)[:SHOWN])
    changes = [item.change for item in items]
    trails = {pk: [round] for pk, round in approving.latest_trails(changes).items()}
    latest = RiskAssessment.objects.filter(change__in=changes).order_by("change_id", "-pk").distinct("change_id")
    assessments = {one.change_id: one for one in latest}
    votes = {}
    for slot in approving.waiting_for(user).filter(ticket__in=[change.pk for change in changes]):
        votes.setdefault(slot.ticket_id, slot)
    return [
        Row(item, trails.get(item.change_id, []), assessments.get(item.change_id), votes.get(item.change_id))
        for item in items
    ]
