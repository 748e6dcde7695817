"""What is said of proposed problems, from the incidents they hold: why, how much it weighs, who decides."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.selectors import directory
from core.bilingual import in_reading_language
from incidents.models import Incident
from problems.models import Problem, Proposal, ProposedIncident
from problems.recurring.vocabulary import Basis, ProposalState
from problems.recurring.words import meaning_of
from problems.rules import DECIDING_ROLES, decides_proposals
from tickets.models import Ticket, TicketLink
from tickets.vocabulary import Priority

PAGE = 30
OFFERED = 3
GRAVE = (Priority.P1, Priority.P2)
# How often a find must have come after one change before that change is named.
ENOUGH_AFTER_CHANGE = 2
RELATED = ("item", "service", "category", "rule", "organisation", "problem", "merged_into", "decided_by")


@dataclass(frozen=True)
class Told:
    """A proposal as it is shown. `count` incidents; `change` is (number, how many came after it) or None; `why` is one
    sentence in the reader's language; `parts` are (what, points) that make the score."""

    proposal: Proposal
    count: int
    change: tuple | None
    why: str
    parts: list


@dataclass(frozen=True)
class Page:
    """`next` names what the following page begins after, or is empty."""

    rows: list
    next: str
    is_first: bool


def page_of(user, *, state=ProposalState.OPEN, after=""):
    """Visible proposals of a state, those that weigh most first."""
    rows = Proposal.objects.visible_to(user).filter(state=state).order_by("-score", "-pk")
    if key := _read(after):
        score, pk = key
        rows = rows.filter(score__lte=score).exclude(score=score, pk__gte=pk)
    found = list(rows.select_related(*RELATED)[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(tell(user, found[:PAGE]), f"{last.score}-{last.pk}" if last else "", not after)


def _read(after):
    parts = after.split("-")
    is_key = len(parts) == 2 and all(part.isdecimal() and len(part) < 10 for part in parts)
    return tuple(map(int, parts)) if is_key else None


def tell(user, proposals) -> list[Told]:
    """What is said of each; `user` reads of changes they see. Three queries however many there are."""
    counts = _counts(proposals, Count("pk"))
    grave = _counts(proposals, Count("pk"), incident__priority__in=GRAVE)
    changes = changes_before(proposals, seen_by=user)
    return [
        Told(
            one, counts.get(one.pk, 0), changes.get(one.pk),
            _why(one, counts.get(one.pk, 0), changes.get(one.pk)),
            _parts(one, counts.get(one.pk, 0), grave.get(one.pk, 0), changes.get(one.pk)),
        )
        for one in proposals
    ]  # fmt: skip


def parts_of(proposal) -> list[tuple[str, int]]:
    """What makes the score of one proposal, whoever looks."""
    of = [proposal]
    count, grave = _counts(of, Count("pk")), _counts(of, Count("pk"), incident__priority__in=GRAVE)
    return _parts(proposal, count.get(proposal.pk, 0), grave.get(proposal.pk, 0), changes_before(of).get(proposal.pk))


def _counts(proposals, counted, **only):
    rows = ProposedIncident.objects.order_by().filter(proposal__in=proposals, **only)
    return dict(rows.values_list("proposal").annotate(n=counted))


def changes_before(proposals, *, seen_by=None) -> dict[int, tuple[str, int]]:
    """{proposal: (number, how many)} of the change that most of its incidents came after, if it is enough of them.

    Changes keep what they may have caused beside the incident; a cause that was cleared does not count.
    """
    rows = ProposedIncident.objects.order_by().filter(
        proposal__in=proposals, incident__suspected_changes__state__in=("suggested", "confirmed")
    )
    if seen_by is not None:
        rows = rows.filter(incident__suspected_changes__change__in=Ticket.objects.visible_to(seen_by).values("pk"))
    counted = rows.values_list("proposal", "incident__suspected_changes__change__number").annotate(
        n=Count("incident", distinct=True)
    )
    best = {}
    for proposal, number, count in sorted(counted, key=lambda row: (row[2], row[1])):
        if count >= ENOUGH_AFTER_CHANGE:
            best[proposal] = (number, count)
    return best


def _parts(proposal, count, grave, change):
    rule = proposal.rule
    if rule is None:
        return []
    times = round(rule.weight * count / rule.incidents)
    parts = [(_("%(count)s incidents, %(needed)s are enough") % {"count": count, "needed": rule.incidents}, times)]
    if grave:
        parts.append((_("of priority 1 or 2: %(count)s") % {"count": grave}, grave * rule.weight_grave))
    if change:
        parts.append((_("after %(change)s") % {"change": change[0]}, rule.weight_change))
    return parts


def _why(proposal, count, change):
    days = (timezone.localtime(proposal.last_at).date() - timezone.localtime(proposal.first_at).date()).days + 1
    values = {
        "incidents": ngettext("%(count)s incident", "%(count)s incidents", count) % {"count": count},
        "days": ngettext("%(count)s day", "%(count)s days", days) % {"count": days},
        "what": what_of(proposal),
    }
    if proposal.basis == Basis.ITEM:
        said = _("%(incidents)s on %(what)s in %(days)s") % values
    else:
        said = _("%(incidents)s of %(what)s in %(days)s") % values
    if change:
        said = _("%(said)s, %(count)s after change %(number)s") % {
            "said": said, "count": change[1], "number": change[0],
        }  # fmt: skip
    return said


def what_of(proposal) -> str:
    """What recurs, in the reader's language."""
    if proposal.basis == Basis.ITEM:
        return str(proposal.item)
    if proposal.basis == Basis.CATEGORY:
        return f"{proposal.service} · {proposal.category}"
    words = words_said(proposal.words)
    return (
        _("%(service)s about “%(words)s”") % {"service": proposal.service, "words": words}
        if words
        else str(proposal.service)
    )


def words_said(words, *, most=3) -> str:
    """Words as the reader says them: meanings in their language, pairs of Han characters that overlap put together."""
    said = []
    for word in words:
        meaning = meaning_of(word)
        text = in_reading_language(*meaning) if meaning else word
        if said and len(text) == 2 and said[-1][-1] == text[0] and not text.isascii():
            said[-1] += text[1]
        elif text not in said:
            said.append(text)
    return _(", ").join(said[:most])


def head_of(proposal):
    """The proposal that tells of what was merged into others; itself when it was not."""
    while proposal.state == ProposalState.MERGED and proposal.merged_into_id is not None:
        proposal = proposal.merged_into
    return proposal


def incidents_of(user, proposal):
    """The incidents of a proposal that `user` may see, the newest first."""
    rows = Incident.objects.visible_to(user).filter(proposed_in__proposal=proposal)
    return rows.select_related("service", "assignee", "team", "requester").order_by("-created_at", "-pk")


def problems_for(user, proposal):
    """Open problems that `user` sees and a proposal may be about, with how many of its incidents they cause (`shared`),
    those that cause most first: they cause some, or are on what recurs."""
    links = TicketLink.objects.filter(kind=TicketLink.Kind.CAUSED_BY, source__in=proposal.rows.values("incident"))
    is_on_it = {
        Basis.ITEM: Q(affected_items=proposal.item_id),
        Basis.CATEGORY: Q(service=proposal.service_id, category=proposal.category_id),
        Basis.WORDS: Q(pk=None),
    }[proposal.basis]  # fmt: skip
    about = Problem.objects.filter(is_on_it | Q(pk__in=links.values("target")), organisation=proposal.organisation_id)
    rows = Problem.objects.visible_to(user).open().filter(pk__in=about.values("pk"))
    shared = Count("links_in", filter=Q(links_in__in=links), distinct=True)
    return rows.annotate(shared=shared).order_by("-shared", "-pk")[:OFFERED]


def keepers_of(proposal) -> list[int]:
    """Who is told: those who decide proposals of its organisation, by key."""
    people = User.objects.active().filter(roles__overlap=list(DECIDING_ROLES)).order_by("pk")
    return [person.pk for person in directory.with_organisations_served(people) if decides_proposals(person, proposal)]
