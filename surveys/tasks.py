"""The worker that asks. May run twice, anywhere, at any time."""

from celery import shared_task

from surveys import services


@shared_task
def send_due():
    services.send_due()
