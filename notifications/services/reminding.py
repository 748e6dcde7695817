"""Reminding those who have not decided yet, in working hours."""

from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Coalesce

from core import clock
from sla import selectors as sla_selectors
from tickets.models import ApprovalSlot
from tickets.services import approving

BATCH = 500


def remind_approvers() -> int:
    """Remind of every vote that has waited APPROVAL_REMINDER_HOURS working hours since it was asked for or since the
    last reminder; returns how many. By the clock where the organisation has no calendar; never with 0 hours."""
    hours, now, reminded = settings.APPROVAL_REMINDER_HOURS, clock.recorded_now(), 0
    if not hours:
        return 0
    waiting = ApprovalSlot.objects.asked().annotate(since=Coalesce("reminded_at", "asked_at"))
    waiting = waiting.filter(since__lte=now - timedelta(hours=hours)).select_related("ticket__organisation")
    calendars = {}
    for slot in waiting.order_by("since", "pk")[:BATCH]:
        organisation = slot.ticket.organisation
        if organisation.pk not in calendars:
            calendars[organisation.pk] = sla_selectors.office_calendar(organisation)
        calendar = calendars[organisation.pk]
        if calendar is None or (calendar.is_open(now) and calendar.elapsed(slot.since, now) >= hours * 3600):
            reminded += approving.remind(slot)
    return reminded
