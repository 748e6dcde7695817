"""What happens by itself: close after confirmation time, children with their parent."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from core import clock
from incidents.models import Incident
from sla import selectors as sla
from tickets import services as tickets
from tickets.models import ResolutionCode
from tickets.services.resuming import BATCH, take_quietly


def resolve_children(event):
    """`now` handler of incident.resolved: open children that may be resolved are, with a reference to the parent."""
    parent = event.subject
    sources = {s.key for s in parent.workflow.get("resolve").sources}
    for child in Incident.objects.filter(parent_id=parent.pk, is_open=True).order_by("pk"):
        if child.state == "assigned":
            child = tickets.take_transition(child, "start", actor=None, at=event.at)
        if child.state in sources:
            notes = _("Solved together with %(number)s: %(notes)s") % {
                "number": parent.number,
                "notes": parent.resolution_notes[:5000],
            }
            values = {
                "resolution_code": ResolutionCode.BY_PARENT,
                "resolution_notes": notes,
                "service": child.service or parent.service,
            }
            # Whoever solved the parent may not work every child's team; the right to solve the parent carries them.
            tickets.take_transition(child, "resolve", actor=event.actor, values=values, at=event.at, is_trusted=True)


def close_confirmed() -> int:
    """Close incidents that stayed resolved for INCIDENT_CLOSE_AFTER_DAYS business days; returns how many."""
    now = clock.recorded_now()
    days = settings.INCIDENT_CLOSE_AFTER_DAYS
    # Business time is never longer than wall time, so this wall-clock cut loses none and keeps the read small.
    waiting = Incident.objects.filter(state="resolved", resolved_at__lte=now - timedelta(days=days), closed_at=None)
    closed = 0
    for incident in waiting.order_by("resolved_at")[:BATCH]:
        if sla.business_days_passed(incident.resolved_at, now, organisation=incident.organisation) >= days:
            closed += take_quietly(incident, "close")
    return closed
