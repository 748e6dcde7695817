"""The hours in which a service was agreed to work, for its availability."""

from django.db.models import Prefetch, Q

from core.business_time import BusinessCalendar
from sla.models import Agreement, AgreementVersion, Target
from sla.models.calendar import compiled_calendar
from tickets.vocabulary import Metric, Priority


def service_hours(services, organisation_id) -> dict[int, BusinessCalendar]:
    """By service the calendar of its gravest incidents in the SLA in force that binds a customer; missing: 24 × 7."""
    promises = Target.objects.filter(metric=Metric.RESOLUTION, kind="incident", priority=Priority.P1)
    versions = AgreementVersion.objects.filter(
        Q(agreement__customer=None) | Q(agreement__customer=organisation_id),
        agreement__kind=Agreement.Kind.SLA, state__in=AgreementVersion.BINDING, item_kinds=[],
    ).order_by("agreement__rank", "pk").prefetch_related(
        "services", "excluded_services", Prefetch("targets", promises.select_related("calendar"), "gravest")
    )  # fmt: skip
    found = {}
    for version in versions:
        named = {service.pk for service in version.services.all()}
        left_out = {service.pk for service in version.excluded_services.all()}
        current = version.gravest[0].calendar.current() if version.gravest else None
        for service in services:
            fits = (not named or service.pk in named) and service.pk not in left_out
            if fits and current is not None:
                found.setdefault(service.pk, compiled_calendar(current.pk))
    return found
