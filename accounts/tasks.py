"""Sweeps over people. Each may run twice, anywhere."""

from celery import shared_task

from accounts import services
from accounts.services import directory, privacy


@shared_task
def announce_expiring_skills():
    services.announce_expiring()


# Thousands of people are one transaction; its lock lets nobody else begin the same work meanwhile.
@shared_task(time_limit=1800, soft_time_limit=1740)
def run_waiting_directories():
    directory.work_all()


# Everything about somebody may be much to pack.
@shared_task(time_limit=1800, soft_time_limit=1740)
def make_exports():
    privacy.make_exports()
