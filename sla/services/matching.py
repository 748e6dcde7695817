"""Which agreement binds a ticket: the first that fits, by rank."""

from django.db.models import Q

from sla.models import AgreementVersion


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
    terms, in_force = {}, {}
    for target in version.targets.filter(kind=kind).select_related("calendar").order_by("metric", "priority"):
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
        if target.calendar_id not in in_force:
            in_force[target.calendar_id] = target.calendar.current().pk
        entry["calendars"][str(target.priority)] = in_force[target.calendar_id]
    return terms
