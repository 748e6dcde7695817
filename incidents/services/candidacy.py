"""Major incidents proposed by rule: many reports of one service in a short time, or a critical one down."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cmdb.models import Service
from core.errors import Refused
from incidents import selectors
from incidents.models import Incident, MajorRule
from incidents.services.majors import take_major


@transaction.atomic
def consider(event):
    """`later` handler of incident.reported: proposes the oldest of the reports that a rule counts, once.

    The service is locked first, so that of two reports at one instant the second sees what the first proposed. What
    hangs under another incident, or was looked at as a candidate before, is not counted again.
    """
    incident = Incident.objects.filter(pk=event.subject_id).first()
    if incident is None or incident.service_id is None or event.is_history:
        return
    service = Service.objects.select_for_update().get(pk=incident.service_id)
    if selectors.running_on(service).exists():
        return
    of_this = {"criticality__gte": service.criticality, "priority__gte": incident.priority}
    for rule in MajorRule.objects.filter(is_active=True, **of_this):
        counted = _counted(rule, incident)
        if len(counted) >= rule.reports:
            _propose(counted[0], rule, service, len(counted))
            return


def _counted(rule, incident) -> list[Incident]:
    """Open reports of the service that the rule counts, oldest first; none from before the last decision."""
    since = incident.created_at - timedelta(minutes=rule.minutes)
    decided = selectors.last_candidate_at(incident.service_id)
    if decided is not None:
        since = max(since, decided)
    found = Incident.objects.open().filter(
        service=incident.service_id, organisation=incident.organisation_id, parent=None, priority__lte=rule.priority,
        created_at__gt=since, created_at__lte=incident.created_at, major_state="",
    )  # fmt: skip
    return list(found.order_by("created_at", "pk")[: rule.reports])


def _propose(incident, rule, service, count):
    # Kept with the row, so in the language of the house and not of whoever happened to report last.
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("%(rule)s: %(service)s, reports within %(minutes)s minutes: %(count)s.") % {
            "rule": rule.name, "count": count, "service": service.name, "minutes": rule.minutes,
        }  # fmt: skip
    try:
        take_major(incident, "propose", actor=None, values={"reason": reason})
    except Refused:
        return  # It ended meanwhile.
