"""Recurrences are found as incidents come, one look each, and by a sweep that looks at all of them again.

A look judges an incident by what came before it (`problems/recurring/finding.py`). What it finds joins the proposal or
the problem that tells of it already, also one that somebody raised by hand, is kept silent where somebody dismissed it,
or is proposed.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core import clock
from events import services as events
from incidents.models import Incident
from problems.models import Proposal, RecurrenceRule, Sighting
from problems.recurring.finding import is_alike
from problems.recurring.vocabulary import ProposalState
from problems.selectors import proposals, recurring
from problems.selectors.links import goes_on_at
from problems.services import sighting
from problems.services.gathering import count_anew, gather, hold

# An incident that is edited may count for others that came later: for so many of them.
LOOKED_AT_AGAIN = 200


def look(event) -> None:
    """`later` handler of whatever makes an incident what it is compared by: it came, was edited, hung elsewhere."""
    if event.is_history:
        return
    incident = Incident.objects.filter(pk=event.subject_id).first()
    if incident is not None:
        look_at(incident.pk)


@transaction.atomic
def look_at(pk) -> None:
    """Read an incident, leave what it no longer belongs to, and see what it makes a recurrence."""
    seen = sighting.remember(pk)
    _leave(pk, seen)
    if seen is None:
        return
    for rule in rules_in_use():
        _judge(seen, rule)
        for one in recurring.later(seen, rule, limit=LOOKED_AT_AGAIN):
            _judge(one, rule)


def sweep(*, since=None) -> int:
    """Look again at every incident since `since` (else of the longest window); returns how many.

    Finds what single looks found, so that it changes nothing where none was missed. One transaction an incident.
    """
    now = clock.recorded_now()
    sighting.remember_past()
    longest = RecurrenceRule.objects.filter(is_active=True).aggregate(days=Max("days"))["days"] or 0
    rows = Sighting.objects.filter(at__gte=since or now - timedelta(days=longest)).order_by("at", "pk")
    done, rules = 0, rules_in_use()
    for one in rows.iterator(chunk_size=500):
        for rule in rules:
            with transaction.atomic():
                _judge(one, rule)
        done += 1
    sighting.forget_before(now)
    return done


def weigh_again(event) -> None:
    """`later` handler: a change was suspected, confirmed or cleared, which weighs on proposals."""
    numbers = [event.data.get("number")]
    for proposal in Proposal.objects.open().filter(incidents__number__in=numbers).distinct():
        with transaction.atomic():
            held = Proposal.objects.select_for_update().get(pk=proposal.pk)
            count_anew(held)


def rules_in_use() -> list:
    return list(RecurrenceRule.objects.filter(is_active=True).prefetch_related("left_out"))


def _judge(seen, rule):
    for key, found in recurring.evidence_of(seen, rule):
        _settle(seen, rule, key, found)


def _settle(seen, rule, key, found):
    """One find at a time per rule, so that of two looks at one instant the second sees what the first proposed."""
    RecurrenceRule.objects.select_for_update().filter(is_active=True).order_by("position", "pk").first()
    words = frozenset(seen.words)
    told = recurring.told_already(seen.organisation_id, key, found, words, rule.terms)
    is_on_key = told is not None and recurring.is_on(told, key)
    head = proposals.head_of(Proposal.objects.select_for_update(of=("self",)).get(pk=told.pk)) if told else None
    if head is None or _speaks_again(head, found):
        behind = recurring.problem_behind(seen.organisation_id, key, found.members)
        if behind is not None:
            gather(behind, found.members)
        else:
            _propose(seen, rule, key, found)
    elif is_on_key and head.is_open:
        _join(head, found)
    elif is_on_key and head.problem is not None:
        gather(goes_on_at(head.problem), [seen.pk])


def _speaks_again(told, found) -> bool:
    """Whether a find is proposed though it was told of before: its silence or its problem is over since."""
    if told.state == ProposalState.DISMISSED:
        return timezone.localdate(found.last_at) > told.silent_until or found.count >= 2 * told.silent_count
    ended = goes_on_at(told.problem).closed_at if told.problem is not None else None
    return ended is not None and found.first_at > ended


def _propose(seen, rule, key, found):
    basis, *on = key
    names = {"item": ("item_id",), "category": ("service_id", "category_id"), "words": ("service_id",)}[basis]
    proposal = Proposal.objects.create(
        organisation_id=seen.organisation_id, rule=rule, basis=basis, usual=round(found.usual, 1),
        first_at=found.first_at, last_at=found.last_at, created_at=clock.recorded_now(),
        told_count=len(found.members), **dict(zip(names, on, strict=True)),
    )  # fmt: skip
    hold(proposal, found.members)
    _tell_deciders(proposal, "made", len(found.members))


def _join(proposal, found):
    held = set(proposal.rows.filter(incident__in=found.members).values_list("incident", flat=True))
    if new := [pk for pk in found.members if pk not in held]:
        hold(proposal, new)
        events.publish("problem_proposal.joined", subject=proposal, actor=None, is_public=False, incidents=new)
        count = proposal.rows.count()
        if count >= 2 * proposal.told_count:
            proposal.told_count = count
            proposal.save(update_fields=["told_count"])
            _tell_deciders(proposal, "doubled", count)


def _tell_deciders(proposal, name, count):
    """Once when it is found, and again whenever it holds twice as many as they were told of."""
    events.publish(
        f"problem_proposal.{name}", subject=proposal, actor=None, is_public=False,
        told=proposals.keepers_of(proposal), count=count,
    )  # fmt: skip


def _leave(pk, seen):
    """Take an incident out of the open proposals it no longer belongs to; one with too few left is none any more."""
    for one in Proposal.objects.open().filter(rows__incident=pk).order_by("pk"):
        proposal = Proposal.objects.select_for_update().get(pk=one.pk)
        if not proposal.is_open or (seen is not None and _still_belongs(seen, proposal)):
            continue
        proposal.rows.filter(incident=pk).delete()
        if proposal.rule is None or proposal.rows.count() < proposal.rule.incidents:
            proposal.state, proposal.decided_at = ProposalState.LAPSED, clock.recorded_now()
            proposal.save(update_fields=["state", "decided_at"])
            events.publish("problem_proposal.lapsed", subject=proposal, actor=None, is_public=False)
        else:
            count_anew(proposal)


def _still_belongs(seen, proposal):
    if proposal.rule is None:
        return True
    if seen.organisation_id != proposal.organisation_id or seen.category_id in recurring.left_out_of(proposal.rule):
        return False
    if proposal.basis == "item":
        return proposal.item_id in seen.items
    if proposal.basis == "category":
        return (seen.service_id, seen.category_id) == (proposal.service_id, proposal.category_id)
    others = Sighting.objects.filter(incident__proposed_in__proposal=proposal).exclude(pk=seen.pk)
    return seen.service_id == proposal.service_id and any(
        is_alike(seen.seen, other.seen, proposal.rule.terms) for other in others[:LOOKED_AT_AGAIN]
    )
