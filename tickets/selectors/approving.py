"""Reading approvals: what waits for a person, what they decided, the trail of a ticket."""

from django.db.models import Prefetch

from tickets.models import ApprovalRound, ApprovalSlot, ApprovalStage


def waiting_for(user):
    """Votes to give now, the oldest first: one's own and those of people one stands in for, never on own requests."""
    slots = ApprovalSlot.objects.of(user).asked().filter(approver__is_active=True)
    slots = slots.exclude(ticket__requester=user.pk).exclude(ticket__opened_by=user.pk)
    return _with_people(slots).order_by("asked_at", "pk")


def decided_by(user):
    """Votes that a person gave, the latest first."""
    return _with_people(ApprovalSlot.objects.filter(decided_by=user.pk)).order_by("-decided_at", "-pk")


def slot_for(user, pk) -> ApprovalSlot | None:
    """One vote on a ticket that a person sees; None when there is none."""
    return _with_people(ApprovalSlot.objects.visible_to(user)).select_related("stage__round").filter(pk=pk).first()


def trail_of(ticket) -> list[ApprovalRound]:
    """Every time of asking with its steps and votes, the latest first, in three queries (one when nobody was asked)."""
    rounds = list(with_votes(ticket.approval_rounds.order_by("-pk")))
    for slot in (slot for round in rounds for stage in round.stages.all() for slot in stage.slots.all()):
        slot.ticket = ticket
    return rounds


def latest_trails(tickets) -> dict[int, ApprovalRound]:
    """{ticket: the last time of asking with its steps and votes}, in three queries however many tickets."""
    tickets = {ticket.pk: ticket for ticket in tickets}
    asked = ApprovalRound.objects.filter(ticket__in=tickets).order_by("ticket_id", "-pk").distinct("ticket_id")
    found = {round.ticket_id: round for round in with_votes(asked)}
    for pk, round in found.items():
        for slot in (slot for stage in round.stages.all() for slot in stage.slots.all()):
            slot.ticket = tickets[pk]
    return found


def with_votes(rounds):
    """`rounds` with what their trail names."""
    slots = ApprovalSlot.objects.select_related("approver", "decided_by", "added_by").order_by("pk")
    stages = ApprovalStage.objects.order_by("position").prefetch_related(Prefetch("slots", slots))
    return rounds.prefetch_related(Prefetch("stages", stages))


def _with_people(slots):
    return slots.select_related("ticket__requester__department", "ticket__service", "approver", "decided_by", "stage")
