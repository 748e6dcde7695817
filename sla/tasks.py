"""The sweep of clocks and what follows from it. Each may run twice, anywhere, at any time."""

from time import monotonic

from celery import shared_task

from sla import services
from sla.services import auditing, recalculating, replaying, upkeep

SECONDS_AT_A_TIME = 20


@shared_task
def sweep_clocks():
    # An outage that left nobody to watch is told by the first sweep after it, while it can still be seen.
    services.watch_sweep()
    while services.sweep():
        pass


@shared_task
def withdraw_clocks():
    while services.withdraw_clocks():
        pass


@shared_task
def keep_agreements():
    services.start_due()
    services.expire_due()
    services.remind_of_reviews()
    services.remind_of_ends()


@shared_task
def pass_on_unanswered():
    while services.pass_on_unanswered():
        pass


@shared_task
def watch_sweep():
    services.watch_sweep()


@shared_task(time_limit=7200, soft_time_limit=7000)
def audit_clocks():
    auditing.nightly()


@shared_task
def recalculate():
    """Batch by batch for some seconds; the next beat goes on, so that no worker is held for long."""
    _for_a_while(recalculating.recalculate)


@shared_task
def replay_past():
    """What is asked of past months, as `recalculate`."""
    _for_a_while(replaying.go_on)


def _for_a_while(batch):
    until = monotonic() + SECONDS_AT_A_TIME
    while monotonic() < until and batch():
        pass


@shared_task
def keep_calendars():
    upkeep.keep_calendars()
