"""What follows from votes: stages open, rounds end, votes of people who cannot decide go to somebody who can.

Everything here works on a ticket that its caller has locked.
"""

from django.db import transaction

from accounts import selectors as people
from accounts.models import Delegation, Role, User
from tickets import rules
from tickets.models import ApprovalRound, ApprovalSlot
from tickets.services import door
from tickets.vocabulary import RoundState, SlotState, StageState


def tell(ticket, name, *, actor, at, **data):
    """Publish what happened to an approval on its ticket."""
    door.write(ticket, name, actor=actor, before=door.snapshot(ticket), at=at, **data)


def tell_approvers(name, slots, ticket, *, actor, at):
    """Publish that `slots` of one stage wait; `told` are their approvers and whoever stands in for these now."""
    approvers = [slot.approver_id for slot in slots]
    absences = Delegation.objects.at(at).filter(person__in=approvers).select_related("substitute")
    substitutes = [absence.substitute_id for absence in absences if rules.may_be_asked(absence.substitute, ticket)]
    stage = slots[0].stage
    tell(
        ticket, name, actor=actor, at=at, round=stage.round_id, stage=stage.name, slots=[slot.pk for slot in slots],
        approvers=approvers, told=list(dict.fromkeys([*approvers, *substitutes])),
    )  # fmt: skip


def go_on(round, ticket, *, actor, at):
    """Bring a round to where its votes have taken it: the first undecided stage is open, or the round is over.

    Publishes `approval.requested` with the votes that are newly asked for, `approval.stuck` with those that nobody
    can give, and at the end `approval.granted` or `approval.rejected`.
    """
    for stage in round.stages.exclude(state=StageState.GRANTED).order_by("position"):
        slots = list(stage.slots.all())
        verdict = stage.verdict(slots)
        if verdict is None:
            _open(stage, ticket, actor=actor, at=at)
            return
        _end_stage(stage, StageState.GRANTED if verdict else StageState.REJECTED)
        if not verdict:
            reasons = [slot.reason for slot in sorted(slots, key=lambda s: s.decided_at or at) if slot.vote is False]
            _end(round, RoundState.REJECTED, ticket, actor=actor, at=at, reason=reasons[-1])
            return
    _end(round, RoundState.GRANTED, ticket, actor=actor, at=at)


def void(ticket, *, actor, why, reason="") -> bool:
    """End the round that stands on a locked ticket; `why` is replaced, changed or withdrawn. False when none stood."""
    standing = ApprovalRound.objects.standing_on(ticket)
    if standing is None:
        return False
    at = door.instant(ticket)
    standing.void_reason = reason
    _end(standing, RoundState.VOIDED, ticket, actor=actor, at=at, why=why, reason=reason)
    return True


def mend(round, ticket, *, at):
    """Pass on every open vote of somebody who cannot give it: to their managers, else to the leads of their teams.

    Who has a vote in the stage already keeps that one. Where nobody is found the vote stays, visibly stuck.
    """
    undecided = ApprovalSlot.objects.filter(stage__round=round).undecided()
    for slot in undecided.select_related("approver__manager", "stage"):
        if rules.may_be_asked(slot.approver, ticket):
            continue
        person = next((one for one in line_above(slot.approver) if rules.may_be_asked(one, ticket)), None)
        if person is None:
            continue
        ApprovalSlot.objects.filter(pk=slot.pk).update(state=SlotState.PASSED_ON, decided_at=at)
        if not slot.stage.slots.counting().filter(approver=person).exists():
            ApprovalSlot.objects.create(
                stage=slot.stage, ticket_id=ticket.pk, approver=person, added_by_id=slot.added_by_id,
                handed_over_from=slot,
            )  # fmt: skip


@transaction.atomic
def mend_for(person):
    """Pass on what waits for somebody who has just been deactivated, ticket by ticket."""
    rounds = ApprovalRound.objects.open().filter(stages__slots__approver=person).distinct()
    for pk in rounds.order_by("ticket").values_list("pk", flat=True):
        round = ApprovalRound.objects.select_related("ticket").get(pk=pk)
        ticket = door.lock(round.ticket)
        if ApprovalRound.objects.open().filter(pk=pk).exists():
            at = door.instant(ticket)
            mend(round, ticket, at=at)
            go_on(round, ticket, actor=None, at=at)


def pass_on_votes(event):
    """Reacts to `user.deactivated`."""
    mend_for(User.objects.get(pk=event.subject_id))


def line_above(person):
    """Who decides instead of somebody, nearest first; a ring of managers ends the walk."""
    line, above = [], person.manager
    while above is not None and above != person and above not in line:
        line.append(above)
        above = above.manager
    for team in person.teams.filter(is_active=True).order_by("pk"):
        line += people.reporting_line(team)
    return line


def _open(stage, ticket, *, actor, at):
    waiting = stage.slots.filter(state=SlotState.WAITING)
    asked = list(waiting.select_related("approver", "stage"))
    if stage.state != StageState.OPEN:
        stage.state = StageState.OPEN
        stage.save(update_fields=["state"])
    if not asked:
        return
    waiting.update(state=SlotState.ASKED, asked_at=at)
    tell_approvers("approval.requested", asked, ticket, actor=actor, at=at)
    stuck = [slot.approver_id for slot in asked if not rules.may_be_asked(slot.approver, ticket)]
    if stuck:
        tell(
            ticket, "approval.stuck", actor=None, at=at,
            approvers=stuck, stage=stage.name, told=[person.pk for person in _who_mends(ticket)],
        )  # fmt: skip


def _who_mends(ticket):
    """Who is told of votes that nobody can give: whoever leads the ticket's team, else the administrators."""
    line = people.reporting_line(ticket.team) if ticket.team else []
    return line[:1] or User.objects.active().filter(roles__contains=[Role.ADMINISTRATOR]).order_by("pk")[:5]


def _end_stage(stage, state):
    stage.state = state
    stage.save(update_fields=["state"])
    stage.slots.undecided().update(state=SlotState.NOT_NEEDED)


def _end(round, state, ticket, *, actor, at, **data):
    """End a round in a state whose name is that of its event; what nobody said any more is not needed."""
    round.state, round.ended_at = state, at
    round.save(update_fields=["state", "ended_at", "void_reason"])
    ApprovalSlot.objects.filter(stage__round=round).undecided().update(state=SlotState.NOT_NEEDED)
    tell(ticket, f"approval.{state}", actor=actor, at=at, round=round.pk, **data)
