"""What happens by itself: resume on a reply or a date, close after confirmation time, children with their parent."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import Refused
from incidents.models import Incident
from sla import selectors as sla
from tickets import services as tickets
from tickets.models import PendingReason, ResolutionCode, Ticket

BATCH = 200


def resume_on_reply(event):
    """`now` handler of ticket.commented: the requester's public answer ends waiting for the requester."""
    if not event.data.get("by_requester") or event.data.get("is_internal"):
        return
    incident = Incident.objects.filter(pk=event.subject_id).first()
    if incident and incident.state == "pending" and incident.pending_reason == PendingReason.CALLER:
        tickets.take_transition(incident, "resume", actor=None, at=event.at)


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


def resume_due() -> int:
    """Resume incidents whose date has come; returns how many. Any number of workers may call this."""
    due = Ticket.objects.filter(state="pending", resume_at__lte=clock.recorded_now(), kind="incident")
    return sum(_take_quietly(pk, "resume", state="pending") for pk in due.values_list("pk", flat=True)[:BATCH])


def close_confirmed() -> int:
    """Close incidents that stayed resolved for INCIDENT_CLOSE_AFTER_DAYS business days; returns how many."""
    now = clock.recorded_now()
    days = settings.INCIDENT_CLOSE_AFTER_DAYS
    # Business time is never longer than wall time, so this wall-clock cut loses none and keeps the read small.
    waiting = Incident.objects.filter(state="resolved", resolved_at__lte=now - timedelta(days=days))
    closed = 0
    for incident in waiting.order_by("resolved_at")[:BATCH]:
        if sla.business_days_passed(incident.resolved_at, now, organisation=incident.organisation) >= days:
            closed += _take_quietly(incident.pk, "close", state="resolved")
    return closed


@transaction.atomic
def _take_quietly(pk, name, *, state) -> bool:
    """Take a transition unless somebody else holds or moved the incident: the next sweep sees it again."""
    incident = Incident.objects.select_for_update(skip_locked=True).filter(pk=pk, state=state).first()
    if incident is None:
        return False
    try:
        tickets.take_transition(incident, name, actor=None)
    except Refused:
        return False
    return True
