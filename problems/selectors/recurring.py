"""What is looked at when an incident comes: bounded, by index, and without reading the text of any other."""

from django.db.models import Count, Q

from problems.models import Problem, Proposal, Sighting
from problems.recurring.finding import (
    COMPARED,
    USUAL_WINDOWS,
    Evidence,
    alike_within,
    is_too_many,
    keys_of,
    looked_back,
    window_of,
)
from problems.recurring.vocabulary import Basis, ProposalState
from problems.recurring.words import likeness
from tickets.models import TicketLink

# Of a proposal's incidents, the share that another one must not hold, lest the same be proposed twice.
HALF = 0.5


def evidence_of(sighting, rule):
    """[(key, Evidence)] of every key on which a rule finds that an incident is one of a recurrence."""
    left_out = left_out_of(rule)
    if sighting.category_id in left_out:
        return []
    evidence = _compared if rule.basis == Basis.WORDS else _counted
    found = []
    for key in keys_of(sighting.seen, rule.basis):
        made = evidence(sighting, earlier(sighting, key, rule.terms, left_out), rule.terms)
        if made is not None:
            found.append((key, made))
    return found


def _counted(sighting, before, terms):
    """All on a key are alike: the database counts them, and only those of a recurrence are read."""
    begins = sighting.at - window_of(terms)
    counts = before.aggregate(
        recent=Count("pk", filter=Q(at__gte=begins)), usual=Count("pk", filter=Q(at__lt=begins))
    )  # fmt: skip
    count, usual = counts["recent"] + 1, counts["usual"] / USUAL_WINDOWS
    if not is_too_many(count, usual, terms):
        return None
    latest = list(before.filter(at__gte=begins).order_by("-at", "-pk").values_list("pk", "at")[:COMPARED])
    return _evidence(sighting, latest, count, usual)


def _compared(sighting, before, terms):
    """Words are compared here: of those that share any, the latest of the window and the latest before it."""
    about, begins = sighting.seen, sighting.at - window_of(terms)
    sharing = before.filter(words__overlap=sighting.words).order_by("-at", "-pk")
    recent = [row.seen for row in sharing.filter(at__gte=begins)[:COMPARED]]
    members, count = alike_within(about, recent, begins, sighting.at, terms)
    if len(members) + 1 < terms.incidents:
        return None
    past = [row.seen for row in sharing.filter(at__lt=begins)[:COMPARED]]
    _alike, past_count = alike_within(about, past, sighting.at - looked_back(terms), begins, terms)
    count, usual = round(count) + 1, past_count / USUAL_WINDOWS
    if not is_too_many(count, usual, terms):
        return None
    return _evidence(sighting, [(one.pk, one.at) for one in members], count, usual)


def _evidence(sighting, latest, count, usual):
    """`latest` are (key, when) of the others, newest first."""
    members = (*(pk for pk, _at in reversed(latest)), sighting.pk)
    return Evidence(members, count, usual, latest[-1][1] if latest else sighting.at, sighting.at)


def left_out_of(rule) -> set:
    return {category.pk for category in rule.left_out.all()}


def earlier(sighting, key, terms, left_out=()):
    """What came before on a key, as far as it matters."""
    rows = Sighting.objects.on(key).filter(
        organisation=sighting.organisation_id, at__range=(sighting.at - looked_back(terms), sighting.at)
    )
    return rows.exclude(at=sighting.at, pk__gte=sighting.pk).exclude(category__in=left_out)


def later(sighting, rule, *, limit):
    """Those that came within a window after an incident on one of its keys, oldest first: it may count for them."""
    until = sighting.at + looked_back(rule.terms)
    found = {}
    for key in keys_of(sighting.seen, rule.basis):
        rows = Sighting.objects.on(key).filter(organisation=sighting.organisation_id, at__range=(sighting.at, until))
        found |= {row.pk: row for row in rows.exclude(pk=sighting.pk).order_by("at", "pk")[:limit]}
    return sorted(found.values(), key=lambda row: (row.at, row.pk))[:limit]


def told_already(organisation_id, key, found, words, terms):
    """The proposal that tells of a find already, or None: on the same key, or with half of the same incidents.

    Those on the key before others, open ones before decided ones, the latest first. Where words are compared, several
    may stand on one key: it is the one that shares most incidents, or of decided ones the words.
    """
    candidates = Proposal.objects.filter(organisation=organisation_id).exclude(state=ProposalState.LAPSED)
    sharing = shared_with(candidates, found.members)
    on_key = [] if key[0] == "words" else candidates.on(key).order_by("-pk")[:20]
    proposals = {one.pk: one for one in [*candidates.filter(pk__in=sharing), *on_key]}
    if key[0] == "words":
        decided = candidates.on(key).exclude(state=ProposalState.OPEN).order_by("-pk")[:50]
        proposals |= {one.pk: one for one in decided if likeness(frozenset(one.words), words) >= terms.likeness}
    kept = [one for one in proposals.values() if _tells(one, key, sharing.get(one.pk, 0), len(found.members))]
    return min(kept, key=lambda one: _order(one, key, sharing), default=None)


def problem_behind(organisation_id, key, members):
    """The open problem that a find is about already, or None: it causes half of the incidents, or any of them and is
    on what recurs. Of several the one that causes most."""
    links = TicketLink.objects.filter(kind=TicketLink.Kind.CAUSED_BY, source__in=members)
    counts = dict(links.order_by().values_list("target").annotate(n=Count("source")))
    problems = Problem.objects.open().filter(pk__in=counts, organisation=organisation_id)
    basis, *on = key
    names = {"item": ["affected_items"], "category": ["service", "category"], "words": []}[basis]
    is_on_it = Q(**dict(zip(names, on, strict=True))) if names else Q(pk=None)
    enough = [pk for pk, count in counts.items() if count >= HALF * len(members)]
    fitting = problems.filter(is_on_it | Q(pk__in=enough)).distinct()
    return max(fitting, key=lambda one: (counts[one.pk], -one.pk), default=None)


def _order(proposal, key, sharing):
    is_among_several = key[0] == "words"
    return (
        not is_on(proposal, key), not proposal.is_open, -sharing.get(proposal.pk, 0) * is_among_several, -proposal.pk
    )  # fmt: skip


def _tells(proposal, key, shared, count):
    return is_on(proposal, key) or shared >= HALF * count


def is_on(proposal, key) -> bool:
    """Whether a proposal was found on a key."""
    basis, *on = key
    return proposal.basis == basis and on == {
        "item": [proposal.item_id], "category": [proposal.service_id, proposal.category_id],
        "words": [proposal.service_id],
    }[basis]  # fmt: skip


def shared_with(proposals, members) -> dict[int, int]:
    """{proposal: how many of `members` it holds}, of those that hold any."""
    held = proposals.model.incidents.through.objects.filter(incident__in=members, proposal__in=proposals)
    counts = {}
    for proposal in held.values_list("proposal", flat=True):
        counts[proposal] = counts.get(proposal, 0) + 1
    return counts
