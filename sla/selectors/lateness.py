"""How far the watch over deadlines is behind."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Avg, Count, Max, Min

from core import clock as wall
from sla.models import Clock, Firing

RECENT = timedelta(minutes=15)


def oldest_due_seconds() -> int:
    """The age of the oldest due deadline that nobody has swept yet; 0 when none waits. Reads one index entry."""
    now = wall.now()
    oldest = Clock.objects.filter(next_at__lte=now).aggregate(oldest=Min("next_at"))["oldest"]
    return max(0, round((now - oldest).total_seconds())) if oldest else 0


def alarming_seconds() -> int:
    """The age of the oldest due deadline once it is beyond SLA_SWEEP_ALARM_SECONDS, else 0."""
    age = oldest_due_seconds()
    return age if age > settings.SLA_SWEEP_ALARM_SECONDS else 0


def recent_lateness() -> dict:
    """{number, mean, highest}: firings of the last quarter of an hour and their lateness in seconds."""
    recent = Firing.objects.filter(fired_at__gt=wall.now() - RECENT)
    found = recent.aggregate(number=Count("pk"), mean=Avg("lateness"), highest=Max("lateness"))
    return {name: round(value or 0, 1) for name, value in found.items()}
