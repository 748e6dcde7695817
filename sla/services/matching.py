"""Which agreement binds a ticket: the first that fits, by rank."""

from django.db.models import OuterRef, Q, Subquery

from sla.models import AgreementVersion, CalendarVersion


def agreement_for(ticket) -> AgreementVersion | None:
    """The version in force whose customer and services fit the ticket; None when no agreement applies."""
    return (
        AgreementVersion.objects.filter(state=AgreementVersion.State.ACTIVE, agreement__kind="sla")
        .filter(Q(agreement__customer=None) | Q(agreement__customer=ticket.organisation_id))
        .filter(Q(agreement__services=None) | Q(agreement__services=ticket.service_id))
        .order_by("agreement__rank", "agreement_id")
        .first()
    )


def terms_of(version, kind) -> dict:
    """What a clock keeps of its agreement when it starts, by metric: seconds and calendar version by priority."""
    terms = {}
    newest = CalendarVersion.objects.filter(calendar=OuterRef("calendar")).order_by("-number").values("pk")[:1]
    targets = version.targets.filter(kind=kind).annotate(calendar_version=Subquery(newest))
    for target in targets.order_by("metric", "priority"):
        entry = terms.setdefault(
            target.metric,
            {
                "targets": {},
                "calendars": {},
                "thresholds": target.thresholds,
                "pausing_reasons": target.pausing_reasons,
                "on_retarget": target.on_retarget,
                "on_reopen": target.on_reopen,
            },
        )
        entry["targets"][str(target.priority)] = target.seconds
        entry["calendars"][str(target.priority)] = target.calendar_version
    return terms
