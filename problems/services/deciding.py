"""What is decided about a proposal: it becomes a problem, goes into another, or is dismissed for a while."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events
from incidents.models import Incident
from problems import rules
from problems.models import Problem, Proposal
from problems.recurring.vocabulary import ProposalState
from problems.services.gathering import gather, hold
from problems.services.raising import open_problem

# A signature is silent for so many days at most: whoever wants longer decides again.
LONGEST_SILENCE = 366


@transaction.atomic
def accept(proposal, *, actor, title, description="") -> Problem:
    """Open a problem with all incidents of a proposal; publishes `problem_proposal.accepted`.

    It is about the item, the service and the category that recur, as grave as the gravest incident. Raises NotAllowed,
    Refused (somebody decided before), InvalidInput (no title).
    """
    proposal = _held(proposal, actor)
    incidents = list(Incident.objects.filter(proposed_in__proposal=proposal).select_related("service").order_by("pk"))
    problem = open_problem(
        actor=actor, organisation=proposal.organisation, title=title, description=description,
        service=proposal.service or _shared_service(incidents), category=proposal.category,
        affected_items=[proposal.item] if proposal.item else [],
        impact=min(one.impact for one in incidents), urgency=min(one.urgency for one in incidents),
        incidents=incidents,
    )  # fmt: skip
    proposal.problem = problem
    _decide(proposal, ProposalState.ACCEPTED, actor, number=problem.number)
    return problem


@transaction.atomic
def merge_into_problem(proposal, problem, *, actor) -> None:
    """Lay the incidents of a proposal to a problem that is there already; publishes `problem_proposal.merged`.

    Raises NotAllowed, Refused (decided before, the problem is over), InvalidInput (another organisation's).
    """
    proposal = _held(proposal, actor)
    problem = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    if problem.organisation_id != proposal.organisation_id:
        raise InvalidInput({"into": [_("It is of another organisation.")]})
    if not problem.is_open:
        raise Refused(_("%(number)s is closed.") % {"number": problem.number})
    gather(problem, list(proposal.rows.values_list("incident", flat=True)))
    proposal.problem = problem
    _decide(proposal, ProposalState.MERGED, actor, number=problem.number)


@transaction.atomic
def merge_into_proposal(proposal, other, *, actor) -> Proposal:
    """Put the incidents of a proposal into another one; publishes `problem_proposal.merged`.

    Both are locked in key order, so that two people merging each into the other cannot deadlock. Raises as above.
    """
    if proposal.pk == other.pk:
        raise InvalidInput({"into": [_("It cannot be merged into itself.")]})
    for pk in sorted((proposal.pk, other.pk)):
        Proposal.objects.select_for_update().get(pk=pk)
    proposal, other = _held(proposal, actor), _held(other, actor)
    if other.organisation_id != proposal.organisation_id:
        raise InvalidInput({"into": [_("It is of another organisation.")]})
    hold(other, list(proposal.rows.values_list("incident", flat=True)))
    proposal.merged_into = other
    _decide(proposal, ProposalState.MERGED, actor, into=other.pk)
    return other


@transaction.atomic
def dismiss(proposal, *, actor, reason, silent_until) -> None:
    """It is no problem: the same signature is not proposed until that day is over, unless twice as many come.

    Publishes `problem_proposal.dismissed`. Raises NotAllowed, Refused, InvalidInput (no reason, a day that is past or
    too far away).
    """
    proposal = _held(proposal, actor)
    reason, faults, today = clean_text(reason), {}, timezone.localdate(clock.now())
    if not reason or len(reason) > 500:
        faults["reason"] = [_("Say in at most 500 characters why it is no problem.")]
    if not 0 <= (silent_until - today).days <= LONGEST_SILENCE:
        faults["silent_until"] = [_("Choose a day from today on, a year ahead at most.")]
    if faults:
        raise InvalidInput(faults)
    proposal.reason, proposal.silent_until = reason, silent_until
    proposal.silent_count = proposal.rows.count()
    _decide(proposal, ProposalState.DISMISSED, actor, reason=reason, until=silent_until.isoformat())


def _held(proposal, actor):
    """The proposal, locked and not decided yet."""
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not rules.decides_proposals(actor, proposal):
        raise NotAllowed()
    if not proposal.is_open:
        by = proposal.decided_by.display_name if proposal.decided_by else "–"
        raise Refused(
            _("%(person)s decided meanwhile: %(state)s.") % {"person": by, "state": proposal.get_state_display()}
        )
    return proposal


def _decide(proposal, state, actor, **data):
    proposal.state, proposal.decided_by, proposal.decided_at = state, actor, clock.recorded_now()
    proposal.save()
    events.publish(f"problem_proposal.{state}", subject=proposal, actor=actor, is_public=False, **data)


def _shared_service(incidents):
    """The service of all the incidents, where they agree."""
    services = {one.service_id: one.service for one in incidents}
    return next(iter(services.values())) if len(services) == 1 else None
