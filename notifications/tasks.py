"""The worker of the outbox. May run twice, anywhere, at any time."""

from celery import shared_task

from notifications import services


@shared_task
def send_mail():
    services.send_due()
