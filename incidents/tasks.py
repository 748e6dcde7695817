"""Sweeps over incidents. Each may run twice, anywhere."""

from celery import shared_task

from incidents import services


@shared_task
def close_confirmed():
    services.close_confirmed()
