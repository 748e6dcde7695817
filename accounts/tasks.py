"""Sweeps over people. Each may run twice, anywhere."""

from celery import shared_task

from accounts import services


@shared_task
def announce_expiring_skills():
    services.announce_expiring()
