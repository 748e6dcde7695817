"""A draft's matching rules tried on past tickets: which it would bind, and what bound them in truth."""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, OuterRef, Q, Subquery

from core import clock as wall
from sla.models import AgreementVersion, Clock
from sla.selectors import scopes
from tickets.models import Ticket

AT_MOST = 2000
# What the list can be narrowed to.
SHOWN = ("would", "gained", "lost", "none", "all")


class Trial(NamedTuple):
    """Counts over `looked_at` tickets of the period, the newest where there are more than `AT_MOST` (`total`).

    `would`: the draft would bind it. `gained` / `lost`: it would, but its agreement did not / it did, but the draft
    would not. `none`: no agreement of this kind would apply. `was_none`: none applied.
    """

    looked_at: int
    total: int
    would: int
    gained: int
    lost: int
    none: int
    was_none: int


def tickets_tried(version, user, *, days):
    """Past tickets that `user` sees, newest first, with `would_bind` and `did_bind`: ids of versions or None.

    The tickets are taken as they are now; the draft stands in for its agreement's version in force, and the
    agreements in force today compete with it by rank.
    """
    agreement = version.agreement
    rivals = AgreementVersion.objects.filter(
        Q(pk=version.pk) | Q(state__in=AgreementVersion.BINDING) & ~Q(agreement=agreement),
        agreement__kind=agreement.kind,
        agreement__team=agreement.team_id,
        agreement__supplier=agreement.supplier_id,
    ).filter(scopes.holding(scopes.EachTicket))
    share = {"kind": agreement.kind, "team": agreement.team_id, "supplier": agreement.supplier_id}
    clocks = Clock.objects.filter(ticket=OuterRef("pk"), is_withdrawn=False, **share).order_by("pk")
    return (
        Ticket.objects.visible_to(user)
        .filter(created_at__gte=wall.now() - timedelta(days=days))
        .annotate(
            would_bind=Subquery(rivals.order_by("agreement__rank", "agreement_id").values("pk")[:1]),
            did_bind=Subquery(clocks.values("agreement")[:1]),
            did_bind_agreement=Subquery(clocks.values("agreement__agreement")[:1]),
        )
        .order_by("-created_at", "-pk")
    )


def looked_at(tried):
    """The newest of the period, as many as are looked at."""
    return Ticket.objects.filter(pk__in=tried.values("pk")[:AT_MOST])


def trial(version, user, *, days) -> Trial:
    """The counts of a dry run: two statements."""
    tried = tickets_tried(version, user, days=days)
    total = tried.order_by().values("pk").count()
    chosen = {name: Count("pk", filter=narrowed(version, name)) for name in SHOWN}
    counts = tried.filter(pk__in=looked_at(tried).values("pk")).order_by()
    found = counts.aggregate(**chosen, was_none=Count("pk", filter=Q(did_bind=None)))
    return Trial(looked_at=found.pop("all"), total=total, **found)


def narrowed(version, shown) -> Q:
    """The condition on tried tickets of one of the counts."""
    would, did = Q(would_bind=version.pk), Q(did_bind_agreement=version.agreement_id)
    return {
        "would": would,
        "gained": would & (~did | Q(did_bind_agreement=None)),
        "lost": did & (~would | Q(would_bind=None)),
        "none": Q(would_bind=None),
    }.get(shown, Q())


def tickets_shown(version, user, *, days, shown):
    """The tickets one of the counts counts, for a list that opens them."""
    tried = tickets_tried(version, user, days=days)
    return tried.filter(pk__in=looked_at(tried).values("pk")).filter(narrowed(version, shown))
