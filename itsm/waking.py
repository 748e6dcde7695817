"""Asking the workers to look now, whenever something was published."""

from events import tasks as events
from sla.tasks import sweep_clocks


def wake():
    """Nudge deliveries and, as a second source beside beat, the sweep of deadlines: where people work, a beat that
    died delays no deadline for long. Never waits long for a broker (see CELERY_BROKER_TRANSPORT_OPTIONS)."""
    events.nudge()
    sweep_clocks.apply_async(retry=False, expires=5)
