"""What the two sides say about clauses and targets, and the steps of a version's life that people take by hand."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from sla import access, workflow
from sla.models import AgreementVersion, Remark
from sla.services.agreements import locked, publish, refuse_incomplete
from sla.services.drafting import check_terms

State = AgreementVersion.State
# What a counter-proposal may change of a row; accepting it writes exactly these.
PROPOSABLE = {"target": ("seconds",), "clause": ("text_zh", "text_en")}


@transaction.atomic
def take_step(version, name, *, actor, reason="", review_on=None) -> AgreementVersion:
    """Take one step of `sla/workflow.py`; publishes `agreement.<done>`.

    Running clocks of a terminated version are withdrawn by the sweep of `sla/services/ending.py`. Raises Refused
    where the state or the content forbids the step, NotAllowed for the wrong side.
    """
    version, step = locked(version), workflow.BY_NAME[name]
    side = access.require_side(actor, version)
    if not step.is_shared:
        access.require_editor(actor, version)
    if version.state not in step.sources:
        raise Refused(_("This is not possible while the version is: %s.") % version.get_state_display())
    reason = clean_text(reason)
    if step.needs_reason and not reason:
        raise InvalidInput({"reason": [_("Say why.")]})
    if name in ("send", "submit"):
        _refuse_unready(version, is_final=name == "submit")
    version.state = step.target
    if step.target in (State.TERMINATED, State.DISCARDED):
        version.ended_at = clock.recorded_now()
    if step.asks_review:
        version.review_on = review_on
    version.save(update_fields=["state", "ended_at", "review_on"])
    publish(step.done, version, actor=actor, side=side, reason=reason)
    return version


@transaction.atomic
def remark(version, *, actor, body="", clause=None, target=None, proposal=None) -> Remark:
    """Say something about a clause, a target or the whole, perhaps with a counter-proposal: new values of the row."""
    version = locked(version)
    side = access.require_side(actor, version)
    _refuse_unless_negotiating(version)
    body, proposal = clean_text(body), {name: value for name, value in (proposal or {}).items() if value}
    if not body and not proposal:
        raise InvalidInput({"body": [_("Write a comment or a counter-proposal.")]})
    kind = "target" if target else "clause" if clause else None
    unknown = sorted(set(proposal) - set(PROPOSABLE.get(kind, ())))
    if unknown:
        raise InvalidInput({name: [_("This cannot be proposed here.")] for name in unknown})
    said = Remark.objects.create(
        version=version, clause=clause, target=target, side=side, author=actor, body=body, proposal=proposal
    )
    publish("remarked", version, actor=actor, side=side, remark=said.pk)
    return said


@transaction.atomic
def answer_remark(said, answer, *, actor) -> Remark:
    """`accept` (writes the counter-proposal to the row), `decline` or `withdraw` an open remark.

    A side accepts and declines what the other one said, and withdraws what it said itself.
    """
    version = locked(said.version)
    said = Remark.objects.select_for_update(of=("self",)).select_related("clause", "target").get(pk=said.pk)
    side = access.require_side(actor, version)
    if (answer == "withdraw") != (side == said.side):
        raise NotAllowed(_("The other side answers a remark; one's own can be withdrawn."))
    _refuse_unless_negotiating(version)
    if said.state != Remark.State.OPEN:
        raise Refused(_("This remark is settled already."))
    if answer == "accept" and said.proposal:
        _apply(said)
    said.state = {"accept": Remark.State.ACCEPTED, "decline": Remark.State.DECLINED}.get(answer, Remark.State.WITHDRAWN)
    said.decided_by, said.decided_at = actor, clock.recorded_now()
    said.save(update_fields=["state", "decided_by", "decided_at"])
    publish(f"remark_{said.state}", version, actor=actor, side=side, remark=said.pk)
    return said


def _apply(said):
    row = said.target or said.clause
    if row is None:
        raise Refused(_("The row this proposal was about is gone. Decline it."))
    for name, value in said.proposal.items():
        setattr(row, name, value)
    row.save(update_fields=list(said.proposal))


def _refuse_unless_negotiating(version):
    if version.state != State.NEGOTIATING:
        raise Refused(_("Remarks are made and answered while the version is in negotiation."))


def _refuse_unready(version, *, is_final):
    """Before the other side sees it, it must be known who that is; before it is signed, nothing may be open."""
    if version.provider_signer_id is None or version.other_signer_id is None:
        raise Refused(_("Name the person who signs for each side first."))
    check_terms(version)
    if not is_final:
        return
    count = version.remarks.filter(state=Remark.State.OPEN).count()
    if count:
        raise Refused(_("Open remarks have to be settled first: %(n)s.") % {"n": count})
    refuse_incomplete(version)
