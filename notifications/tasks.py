"""The worker of the outbox. May run twice, anywhere, at any time."""

from celery import shared_task

from notifications import services
from notifications.services import reminding


@shared_task
def send_mail():
    services.send_due()


@shared_task
def send_chats():
    services.send_due_chats()


@shared_task
def remind_approvers():
    reminding.remind_approvers()
