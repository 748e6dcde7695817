"""The real settings with quick sweeps, for beat_and_kill.py."""

from itsm.settings import *  # noqa: F403

CELERY_BEAT_SCHEDULE = {
    "deliver-events": {"task": "events.tasks.deliver", "schedule": 1},
    "sweep-clocks": {"task": "sla.tasks.sweep_clocks", "schedule": 1},
    "recalculate": {"task": "sla.tasks.recalculate", "schedule": 3},
}
