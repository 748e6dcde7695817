"""Whether the scope of a version holds a ticket, and whether two scopes meet."""

from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q

from cmdb.models import ConfigurationItem
from sla.models import AgreementVersion, Target
from tickets.models import Ticket


class EachTicket:
    """Stands for the ticket of the outer query, where `holding` is asked for many tickets in one statement."""

    organisation_id = OuterRef("organisation_id")
    service_id = OuterRef("service_id")
    priority = OuterRef("priority")
    kind = OuterRef(OuterRef("kind"))
    affected_items = ConfigurationItem.objects.filter(
        pk__in=Ticket.affected_items.through.objects.filter(ticket=OuterRef(OuterRef(OuterRef("pk")))).values(
            "configurationitem"
        )
    )


def holding(ticket) -> Q:
    """The condition on versions that their customer, services, items, priorities and promises fit the ticket."""
    fitting = (
        (Q(agreement__customer=None) | Q(agreement__customer=ticket.organisation_id))
        & (Q(item_kinds=[]) | Q(item_kinds__overlap=ArraySubquery(ticket.affected_items.values("item_class"))))
        & (Q(priorities=[]) | Q(priorities__contains=[ticket.priority]))
        & Exists(Target.objects.filter(version=OuterRef("pk"), kind=ticket.kind))
    )
    if ticket.service_id is None:
        return fitting & Q(services=None)
    return fitting & (Q(services=None) | Q(services=ticket.service_id)) & ~Q(excluded_services=ticket.service_id)


def overlapping(version) -> list[AgreementVersion]:
    """Versions in force of other agreements of the same kind, party and rank that some ticket could fit as well.

    Of two such agreements chance would decide which one binds; different ranks say it.
    """
    agreement = version.agreement
    rivals = AgreementVersion.objects.filter(
        state__in=AgreementVersion.BINDING,
        agreement__kind=agreement.kind,
        agreement__rank=agreement.rank,
        agreement__customer=agreement.customer_id,
        agreement__team=agreement.team_id,
        agreement__supplier=agreement.supplier_id,
    )
    if version.starts_on:
        rivals = rivals.exclude(ends_on__lt=version.starts_on)
    rivals = rivals.exclude(agreement=agreement).select_related("agreement")
    own = _facets(version)
    return [rival for rival in rivals.order_by("pk") if own.meets(_facets(rival))]


class _Facets(NamedTuple):
    """What a scope is narrowed to. An empty set leaves all in, but for the services that are left out."""

    services: set
    left_out: set
    items: set
    priorities: set
    kinds: set

    def meets(self, other) -> bool:
        named = self.services & other.services if self.services and other.services else self.services | other.services
        return (
            (not named or bool(named - self.left_out - other.left_out))
            and (not (self.services and other.services) or bool(named))
            and all(
                not mine or not theirs or bool(mine & theirs)
                for mine, theirs in ((self.items, other.items), (self.priorities, other.priorities))
            )
            and bool(self.kinds & other.kinds)
        )


def _facets(version):
    return _Facets(
        services=set(version.services.values_list("pk", flat=True)),
        left_out=set(version.excluded_services.values_list("pk", flat=True)),
        items=set(version.item_kinds),
        priorities=set(version.priorities),
        kinds=set(version.targets.values_list("kind", flat=True)),
    )
