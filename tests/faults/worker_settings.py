"""The real settings, with the handlers of tests/faults/worker_subscriptions.py and quick sweeps."""

import os

from itsm.settings import *  # noqa: F403

ROOT_EVENTCONF = "tests.faults.worker_subscriptions"
CELERY_BEAT_SCHEDULE = {
    "deliver-events": {"task": "events.tasks.deliver", "schedule": 0.5},
    "sweep-clocks": {"task": "sla.tasks.sweep_clocks", "schedule": 0.5},
    "imports": {"task": "cmdb.tasks.run_waiting_imports", "schedule": 0.5, "options": {"expires": 5}},
}
CELERY_BROKER_URL = os.environ["REDIS_URL"]
