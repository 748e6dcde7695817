"""Asking people whether a ticket may go on, and what they answer. Every command locks the ticket first."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Delegation
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from tickets import rules
from tickets.models import ApprovalRound, ApprovalSlot, ApprovalStage
from tickets.models.approving import hash_of
from tickets.services import door, voting
from tickets.vocabulary import ApprovalMode, Place, RoundState, SlotState, StageState

MOST_STAGES = 50
MOST_APPROVERS = 50


@dataclass(frozen=True)
class Stage:
    """A step to ask for. `percentage` (1 to 100, rounded up to whole votes) and `quorum` (how many of the approvers)
    belong to the modes of these names."""

    name: str
    mode: str
    approvers: tuple
    percentage: int | None = None
    quorum: int | None = None


@transaction.atomic
def ask(ticket, stages, *, scope, actor) -> ApprovalRound:
    """Ask the approvers of `stages`, one stage after the other, whether the ticket may go on as `scope` says.

    In order: lock the ticket; refuse empty, endless or unknown stages (InvalidInput); void what stood before
    (`approval.voided`); write the new round; pass on votes of people who may not decide, because they are gone or
    asked for it themselves, to whoever stands in; open the first stage (`approval.requested`).
    """
    steps = _steps(stages)
    ticket = door.lock(ticket)
    voting.void(ticket, actor=actor, why="replaced")
    at = door.instant(ticket)
    round = ApprovalRound.objects.create(ticket_id=ticket.pk, scope_hash=hash_of(scope), asked_by=actor, asked_at=at)
    for position, step in enumerate(steps, start=1):
        stage = ApprovalStage.objects.create(
            round=round,
            position=position,
            name=step.name,
            mode=step.mode,
            percentage=step.percentage,
            quorum=step.quorum,
        )
        ApprovalSlot.objects.bulk_create(
            ApprovalSlot(stage=stage, ticket_id=ticket.pk, approver=person) for person in dict.fromkeys(step.approvers)
        )
    voting.mend(round, ticket, at=at)
    voting.go_on(round, ticket, actor=actor, at=at)
    return round


@transaction.atomic
def decide(slot, *, actor, approve, reason="") -> ApprovalSlot:
    """Give one vote; a rejection needs a reason.

    In order: lock; refuse a vote that is not to be given (any more) and people whose vote it is not; record it
    (`approval.decided`); then open the next stage (`approval.requested`) or end the round (`approval.granted`,
    `approval.rejected`). A substitute decides for the approver during their absence.
    Raises NotAllowed, Refused, InvalidInput.
    """
    slot, ticket = _locked(slot)
    check_turn(slot, actor)
    reason = _reason(reason, is_required=not approve)
    at = door.instant(ticket)
    state = SlotState.APPROVED if approve else SlotState.REJECTED
    _close(slot, state, actor=actor, at=at, reason=reason)
    voting.tell(
        ticket, "approval.decided", actor=actor, at=at,
        slot=slot.pk, stage=slot.stage.name, approver=slot.approver_id, approve=approve, reason=reason,
    )  # fmt: skip
    voting.go_on(slot.stage.round, ticket, actor=actor, at=at)
    return slot


@transaction.atomic
def add_approver(slot, person, *, actor, place=Place.WITH, reason="") -> ApprovalSlot:
    """加签: ask one more person: beside oneself in this step, in a step of their own before it, or after it.

    Beside oneself they vote by the step's mode. Before: this step waits for them. Publishes `approval.added` and
    whatever opens. Raises NotAllowed, Refused, InvalidInput.
    """
    slot, ticket = _locked(slot)
    check_turn(slot, actor)
    stage = slot.stage
    _check_person(person, ticket, stage if place == Place.WITH else None)
    reason, at = _reason(reason), door.instant(ticket)
    if place not in Place.values:
        raise InvalidInput({"place": [_("Choose one of the listed values.")]})
    if place != Place.WITH:
        stage = _insert(stage, is_before=place == Place.BEFORE)
    added = ApprovalSlot.objects.create(stage=stage, ticket_id=ticket.pk, approver=person, added_by=actor)
    voting.tell(
        ticket, "approval.added", actor=actor, at=at,
        slot=added.pk, stage=stage.name, approver=person.pk, place=place, reason=reason,
    )  # fmt: skip
    voting.go_on(stage.round, ticket, actor=actor, at=at)
    return added


@transaction.atomic
def hand_over(slot, person, *, actor, reason) -> ApprovalSlot:
    """转审: `person` decides instead, for a reason. The old vote stays in the trail; returns the new one.

    Managers and administrators may do it for a vote that is stuck. Publishes `approval.handed_over` and
    `approval.requested`. Raises NotAllowed, Refused, InvalidInput.
    """
    slot, ticket = _locked(slot)
    if not (slot.is_stuck and rules.redirects_approvals(actor, ticket)):
        check_turn(slot, actor)
    _check_person(person, ticket, slot.stage)
    reason, at = _reason(reason, is_required=True), door.instant(ticket)
    _close(slot, SlotState.PASSED_ON, actor=actor, at=at, reason=reason)
    new = ApprovalSlot.objects.create(
        stage=slot.stage, ticket_id=ticket.pk, approver=person, added_by_id=slot.added_by_id, handed_over_from=slot
    )
    voting.tell(
        ticket, "approval.handed_over", actor=actor, at=at,
        slot=new.pk, stage=slot.stage.name, approver=person.pk, former=slot.approver_id, reason=reason,
    )  # fmt: skip
    voting.go_on(slot.stage.round, ticket, actor=actor, at=at)
    return new


@transaction.atomic
def remind(slot) -> bool:
    """Ask once more who has not decided yet; publishes `approval.reminded`. False when it is decided by now."""
    slot, ticket = _locked(slot)
    if why_closed(slot):
        return False
    slot.reminded_at = at = door.instant(ticket)
    slot.save(update_fields=["reminded_at"])
    voting.tell_approvers("approval.reminded", [slot], ticket, actor=None, at=at)
    return True


@transaction.atomic
def void(ticket, *, actor, reason="") -> bool:
    """End what stands, because the request was withdrawn; publishes `approval.voided`. False when nothing stood."""
    return voting.void(door.lock(ticket), actor=actor, why="withdrawn", reason=_reason(reason))


@transaction.atomic
def void_if_changed(ticket, scope, *, actor=None, reason="") -> bool:
    """End what stands, open or granted, if it was asked for another scope than `scope`; publishes `approval.voided`."""
    ticket = door.lock(ticket)
    standing = ApprovalRound.objects.standing_on(ticket)
    if standing is None or standing.scope_hash == hash_of(scope):
        return False
    return voting.void(ticket, actor=actor, why="changed", reason=_reason(reason))


def is_for(user, slot) -> bool:
    """Whether the vote is theirs to give now: their own, or that of somebody they stand in for during an absence."""
    if not rules.may_be_asked(user, slot.ticket) or not rules.may_be_asked(slot.approver, slot.ticket):
        return False
    if user.pk == slot.approver_id:
        return True
    return Delegation.objects.at().filter(person=slot.approver_id, substitute=user.pk).exists()


def may_hand_over(user, slot) -> bool:
    return is_for(user, slot) or (slot.is_stuck and rules.redirects_approvals(user, slot.ticket))


def _steps(stages) -> list[Stage]:
    """The stages as they are stored: people who decide one after another become steps of their own."""
    steps = []
    for stage in stages:
        approvers = tuple(dict.fromkeys(stage.approvers))
        is_sound = (
            stage.mode in ApprovalMode.values
            and 1 <= len(approvers) <= MOST_APPROVERS
            and (stage.mode == ApprovalMode.PERCENTAGE) == (stage.percentage is not None)
            and 1 <= (stage.percentage or 1) <= 100
            and (stage.mode == ApprovalMode.QUORUM) == (stage.quorum is not None)
            and 1 <= (stage.quorum or 1) <= len(approvers)
        )
        if not is_sound:
            raise InvalidInput({"stages": [_("The approval step “%(name)s” asks nobody.") % {"name": stage.name}]})
        name = clean_text(stage.name)[:120]
        if stage.mode == ApprovalMode.SERIAL:
            steps += [Stage(name, stage.mode, (person,)) for person in approvers]
        else:
            steps.append(Stage(name, stage.mode, approvers, stage.percentage, stage.quorum))
    if not 1 <= len(steps) <= MOST_STAGES:
        raise InvalidInput({"stages": [_("Approval takes 1 to %(most)s steps.") % {"most": MOST_STAGES}]})
    return steps


def _locked(slot):
    """The slot as it is now and its ticket, locked: whoever comes second finds what the first one did."""
    ticket = door.lock(slot.ticket)
    slots = ApprovalSlot.objects.select_related("stage__round", "approver", "decided_by")
    slot = slots.select_for_update(of=("self",)).get(pk=slot.pk)
    slot.ticket = ticket
    return slot, ticket


def check_turn(slot, actor):
    """Refuse whose vote it is not; then say clearly why a vote cannot be given (any more)."""
    if rules.raised_it(actor, slot.ticket):
        raise NotAllowed(_("Nobody decides on what they asked for themselves."))
    if rules.implements_it(actor, slot.ticket):
        raise NotAllowed(_("Nobody decides on what they carry out themselves."))
    if not is_for(actor, slot):
        raise NotAllowed()
    if refusal := why_closed(slot):
        raise Refused(refusal)


def why_closed(slot) -> str:
    """Why a vote cannot be given, in words; empty while it can."""
    if slot.state == SlotState.ASKED:
        return ""
    if slot.vote is not None:
        said = _("%(name)s has already approved this.") if slot.vote else _("%(name)s has already rejected this.")
        return said % {"name": slot.decided_by.display_name}
    if slot.state == SlotState.PASSED_ON:
        return _("This vote was handed over to somebody else.")
    if slot.stage.round.state == RoundState.VOIDED:
        return _("What was asked has changed or was withdrawn, so this vote is not needed any more.")
    if slot.state == SlotState.NOT_NEEDED:
        return _("This was decided without your vote, which is not needed any more.")
    return _("It is not your turn yet: an earlier step is still open.")


def _check_person(person, ticket, stage):
    problem = ""
    if not person.is_active:
        problem = _("%(name)s is deactivated.") % {"name": person.display_name}
    elif rules.raised_it(person, ticket):
        problem = _("Nobody decides on what they asked for themselves.")
    elif rules.implements_it(person, ticket):
        problem = _("Nobody decides on what they carry out themselves.")
    elif stage is not None and stage.slots.counting().filter(approver=person).exists():
        problem = _("%(name)s is asked in this step already.") % {"name": person.display_name}
    if problem:
        raise InvalidInput({"person": [problem]})


def _reason(text, *, is_required=False):
    text = clean_text(text)
    if is_required and not text:
        raise InvalidInput({"reason": [_("Say why.")]})
    if len(text) > 2000:
        message = _("At most %(limit)s characters; this has %(length)s.")
        raise InvalidInput({"reason": [message % {"limit": 2000, "length": len(text)}]})
    return text


def _close(slot, state, *, actor, at, reason):
    """Written only over what was read: whatever the locks, nobody's vote replaces another."""
    changed = ApprovalSlot.objects.filter(pk=slot.pk, state=slot.state, decided_at=None)
    if not changed.update(state=state, decided_by=actor, decided_at=at, reason=reason):
        raise Refused(_("Somebody else was faster."))
    slot.state, slot.decided_by, slot.decided_at, slot.reason = state, actor, at, reason


def _insert(stage, *, is_before) -> ApprovalStage:
    """A new step right before or after `stage`; in front of it, `stage` waits again."""
    position = stage.position if is_before else stage.position + 1
    stage.round.stages.filter(position__gte=position).update(position=F("position") + 1)
    if is_before:
        ApprovalStage.objects.filter(pk=stage.pk).update(state=StageState.WAITING)
        stage.slots.asked().update(state=SlotState.WAITING, asked_at=None)
    return ApprovalStage.objects.create(round=stage.round, position=position, name=stage.name, mode=ApprovalMode.ALL)
