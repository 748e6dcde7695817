"""Leaving a known error as it is: asked by one person, agreed to by another, for a time."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from problems import rules
from problems.models import Problem, RiskAcceptance
from problems.vocabulary import ACCEPTED_FOR_DAYS, AcceptanceState
from tickets.models import ApprovalSlot
from tickets.services import approving, door
from tickets.services.resuming import take_quietly
from tickets.services.transitions import move
from tickets.vocabulary import RoundState, SlotState

BATCH = 100


@transaction.atomic
def ask_acceptance(problem, *, actor, approver, reason, review_on) -> RiskAcceptance:
    """Ask `approver` whether the risk is accepted until the day `review_on`.

    In order: lock; refuse people who do not work on it, and what is no known error; refuse a reason or a day that does
    not fit and an approver who may not decide; drop what was asked before; ask (`approval.requested`).
    Raises NotAllowed, Refused, InvalidInput by field.
    """
    problem = door.lock(problem)
    if not rules.investigates_it(actor, problem):
        raise NotAllowed()
    if problem.state != "known_error":
        raise Refused(_("Only the risk of a known error is accepted."))
    reason = clean_text(reason)
    if faults := _faults(problem, actor, approver, reason, review_on):
        raise InvalidInput(faults)
    problem.acceptances.filter(state=AcceptanceState.ASKED).update(state=AcceptanceState.DROPPED)
    asked = RiskAcceptance.objects.create(
        problem=problem, reason=reason, review_on=review_on, asked_by=actor, asked_at=door.instant(problem)
    )
    stage = approving.Stage(_("Accept the risk"), "all", (approver,))
    approving.ask(problem, [stage], scope={"reason": reason, "review_on": review_on.isoformat()}, actor=actor)
    return asked


def _faults(problem, actor, approver, reason, review_on) -> dict:
    faults, today = {}, timezone.localdate(clock.now())
    if not reason:
        faults["reason"] = [_("This field is required.")]
    elif len(reason) > 500:
        message = _("At most %(limit)s characters; this has %(length)s.")
        faults["reason"] = [message % {"limit": 500, "length": len(reason)}]
    if not today < review_on <= today + timedelta(days=ACCEPTED_FOR_DAYS):
        faults["review_on"] = [_("A day after today, within a year.")]
    if approver.pk == actor.pk or not rules.accepts_risk(approver, problem):
        faults["approver"] = [_("Another person decides: a manager who neither raised the problem nor asks for this.")]
    return faults


def take_consent(event):
    """`now` handler of approval.granted: the problem is closed until its review. Who asked cannot have agreed."""
    asked = _asked_of(event)
    if asked is None:
        return
    problem = event.subject.typed
    granted = ApprovalSlot.objects.filter(
        ticket=problem.pk, stage__round__state=RoundState.GRANTED, state=SlotState.APPROVED
    )
    by = granted.order_by("-decided_at").select_related("decided_by").first().decided_by
    if by.pk == asked.asked_by_id:
        raise Refused(_("Whoever asks for it does not accept the risk."))
    _decide(asked, AcceptanceState.GRANTED, by, event.at)
    review_on = timezone.make_aware(datetime.combine(asked.review_on, time()))
    values = {"reason": asked.reason, "review_on": review_on}
    move(problem, "accept_risk", actor=None, values=values, at=event.at)


def take_refusal(event):
    """`now` handler of approval.rejected: it stays a known error, and whoever asked hears why."""
    if (asked := _asked_of(event)) is None:
        return
    _decide(asked, AcceptanceState.REFUSED, event.actor, event.at)
    problem = door.lock(event.subject)
    door.write(
        problem, "problem.risk_refused", actor=event.actor, before=door.snapshot(problem), at=event.at,
        is_public=False, reason=event.data["reason"][:500], told=[asked.asked_by_id],
    )  # fmt: skip


def drop_question(event):
    """`now` handler of what leads a known error elsewhere: nobody has to decide on it any more."""
    asked = RiskAcceptance.objects.filter(problem=event.subject_id, state=AcceptanceState.ASKED)
    if asked.update(state=AcceptanceState.DROPPED):
        approving.void(event.subject, actor=event.actor)


def review_risks() -> int:
    """Open problems again whose accepted risk is to be looked at today; returns how many."""
    due = Problem.objects.filter(state="closed", review_on__lte=timezone.localdate(clock.recorded_now()))
    return sum(
        take_quietly(problem, "review_risk", {"accepted_by": _who_accepted(problem)})
        for problem in due.order_by("review_on")[:BATCH]
    )


def _who_accepted(problem):
    granted = problem.acceptances.filter(state=AcceptanceState.GRANTED).select_related("decided_by")
    return getattr(granted.order_by("-decided_at").first(), "decided_by", None)


def _asked_of(event):
    if event.subject.kind != "problem":
        return None
    return RiskAcceptance.objects.filter(problem=event.subject_id, state=AcceptanceState.ASKED).first()


def _decide(asked, state, by, at):
    asked.state, asked.decided_by, asked.decided_at = state, by, at
    asked.save(update_fields=["state", "decided_by", "decided_at"])
