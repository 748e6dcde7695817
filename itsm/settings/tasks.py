"""Celery: the broker only wakes workers; deadlines, deliveries and mail are rows in PostgreSQL.

Facts behind the numbers: docs/decisions/ and the reliability tests in tests/faults/.
"""

from celery.schedules import crontab

from itsm.settings import environment as env

REDIS_URL = env.text("REDIS_URL") or "redis://127.0.0.1:6379/0"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2_000
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 200
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Whoever publishes tries once: a nudge that waits keeps a person waiting. Workers reconnect by rules of their own.
    "max_retries": 0,
    "visibility_timeout": 600,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "retry_on_timeout": False,
}
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "events"
CELERY_TASK_ROUTES = {
    # Whoever watches the timers must not wait behind them.
    "sla.tasks.watch_sweep": {"queue": "events"},
    "sla.tasks.audit_clocks": {"queue": "bulk"},
    # Long work on many clocks never stands before the sweep.
    "sla.tasks.recalculate": {"queue": "bulk"},
    "sla.tasks.replay_past": {"queue": "bulk"},
    "sla.tasks.*": {"queue": "timers"},
    "incidents.tasks.*": {"queue": "timers"},
    "catalog.tasks.*": {"queue": "timers"},
    "changes.tasks.*": {"queue": "timers"},
    "problems.tasks.sweep_recurrences": {"queue": "bulk"},
    "problems.tasks.*": {"queue": "timers"},
    "notifications.tasks.*": {"queue": "mail"},
    "integrations.tasks.*": {"queue": "mail"},
    "changes.tasks.check_collisions": {"queue": "bulk"},
    "tickets.tasks.wake_snoozed": {"queue": "timers"},
    "tickets.tasks.resume_due": {"queue": "timers"},
    "tickets.tasks.remind_of_tasks": {"queue": "timers"},
    "tickets.tasks.*": {"queue": "bulk"},
    "surveys.tasks.*": {"queue": "timers"},
    "knowledge.tasks.*": {"queue": "timers"},
    "accounts.tasks.run_waiting_directories": {"queue": "bulk"},
    "accounts.tasks.make_exports": {"queue": "bulk"},
    "accounts.tasks.*": {"queue": "timers"},
    "portal.tasks.*": {"queue": "bulk"},
    "cmdb.tasks.*": {"queue": "bulk"},
}


def _every(seconds, task):
    """A sweep: idempotent, and dropped by the broker when no worker took it before the next one is due."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 5)}}


CELERY_BEAT_SCHEDULE = {
    "deliver-events": _every(5, "events.tasks.deliver"),
    "seal-ledger": _every(3600, "events.tasks.seal_ledger"),
    "recalculate-clocks": _every(5, "sla.tasks.recalculate"),
    "replay-past": _every(5, "sla.tasks.replay_past"),
    "keep-calendars": _every(3600, "sla.tasks.keep_calendars"),
    "sweep-clocks": _every(2, "sla.tasks.sweep_clocks"),
    "withdraw-clocks": _every(15, "sla.tasks.withdraw_clocks"),
    "keep-agreements": _every(600, "sla.tasks.keep_agreements"),
    "pass-on-unanswered": _every(5, "sla.tasks.pass_on_unanswered"),
    "watch-sweep": _every(20, "sla.tasks.watch_sweep"),
    "audit-clocks": {"task": "sla.tasks.audit_clocks", "schedule": crontab(hour=18, minute=30)},  # at night in China
    "resume-tickets": _every(30, "tickets.tasks.resume_due"),
    "close-incidents": _every(300, "incidents.tasks.close_confirmed"),
    "check-collisions": _every(10, "changes.tasks.check_collisions"),
    "sweep-recurrences": _every(3600, "problems.tasks.sweep_recurrences"),
    "close-requests": _every(300, "catalog.tasks.close_accepted"),
    "announce-template-expiry": _every(3600, "changes.tasks.announce_expiry"),
    "expire-change-templates": _every(3600, "changes.tasks.expire_templates"),
    "close-observed-problems": _every(300, "problems.tasks.close_observed"),
    "review-accepted-risks": _every(3600, "problems.tasks.review_risks"),
    "remind-of-assessments": _every(300, "changes.tasks.remind_of_assessments"),
    "wake-snoozed": _every(30, "tickets.tasks.wake_snoozed"),
    "remind-of-tasks": _every(300, "tickets.tasks.remind_of_tasks"),
    "sweep-drafts": _every(3600, "tickets.tasks.sweep_drafts"),
    "remind-approvers": _every(300, "notifications.tasks.remind_approvers"),
    "send-mail": _every(5, "notifications.tasks.send_mail"),
    "send-chats": _every(5, "notifications.tasks.send_chats"),
    "look-into-mailboxes": _every(30, "integrations.tasks.look_into_mailboxes"),
    "publish-articles": _every(60, "knowledge.tasks.publish_due"),
    "remind-readers": _every(3600, "knowledge.tasks.remind_readers"),
    "confirm-articles": _every(3600, "knowledge.tasks.ask_to_confirm"),
    "announce-expiring-skills": _every(3600, "accounts.tasks.announce_expiring_skills"),
    "remind-owners": _every(3600, "cmdb.tasks.remind_owners"),
    "look-for-duplicates": _every(3600, "cmdb.tasks.look_for_duplicates"),
    "bulk-jobs": _every(20, "portal.tasks.run_waiting_bulk_jobs"),
    "personal-exports": _every(10, "accounts.tasks.make_exports"),
    "directories": _every(5, "accounts.tasks.run_waiting_directories"),
    "imports": _every(5, "cmdb.tasks.run_waiting_imports"),
    "send-surveys": _every(60, "surveys.tasks.send_due"),
}

# Working hours after which somebody who has not decided is asked again; 0: never.
APPROVAL_REMINDER_HOURS = env.number("APPROVAL_REMINDER_HOURS", 8)

# A directory that does not name more than this many percent of the people on record is taken for a part of it.
DIRECTORY_MISSING_SHARE = env.number("DIRECTORY_MISSING_SHARE", 10)

# Administrators are told when a due deadline waited longer than this.
SLA_SWEEP_ALARM_SECONDS = env.number("SLA_SWEEP_ALARM_SECONDS", 60)

EVENT_NUDGE = env.text("EVENT_NUDGE", "" if env.mode() == "test" else "itsm.waking.wake")
