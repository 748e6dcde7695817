"""What happens to requests by itself: what nobody complains about is closed."""

from datetime import timedelta

from django.conf import settings

from catalog.models import ServiceRequest
from core import clock
from sla import selectors as sla
from tickets.services.resuming import BATCH, take_quietly


def close_accepted() -> int:
    """Close requests that stayed fulfilled for REQUEST_CLOSE_AFTER_DAYS business days; returns how many."""
    now, days = clock.recorded_now(), settings.REQUEST_CLOSE_AFTER_DAYS
    # Business time is never longer than wall time, so this wall-clock cut loses none and keeps the read small.
    settled = ServiceRequest.objects.filter(resolved_at__isnull=False, closed_at=None)
    waiting = settled.filter(state="fulfilled", resolved_at__lte=now - timedelta(days=days))
    return sum(
        take_quietly(request, "close")
        for request in waiting.select_related("organisation").order_by("resolved_at")[:BATCH]
        if sla.business_days_passed(request.resolved_at, now, organisation=request.organisation) >= days
    )
