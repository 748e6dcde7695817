"""Sweeps over requests. Each may run twice, anywhere."""

from celery import shared_task

from catalog import services


@shared_task
def close_accepted():
    services.close_accepted()
