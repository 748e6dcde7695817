"""Sweeps over changes. Each may run twice, anywhere."""

from celery import shared_task

from changes import services


@shared_task
def check_collisions():
    services.check_asked()


@shared_task
def remind_of_assessments():
    services.remind_of_assessments()


@shared_task
def announce_expiry():
    services.announce_expiry()


@shared_task
def expire_templates():
    services.expire_templates()
