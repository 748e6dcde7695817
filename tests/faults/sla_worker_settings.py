"""The settings of workers under test, with a broker that hands a message out again after two seconds, and a reaction
that can kill its process around the commit of a sweep."""

from tests.faults.worker_settings import *  # noqa: F403

ROOT_EVENTCONF = "tests.faults.sla_worker_subscriptions"
EVENT_NUDGE = "tests.faults.sla_worker_subscriptions.die_after_commit"
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 2}
CELERY_BEAT_SCHEDULE = {
    "deliver-events": {"task": "events.tasks.deliver", "schedule": 0.5},
    "sweep-clocks": {"task": "sla.tasks.sweep_clocks", "schedule": 0.5},
}
