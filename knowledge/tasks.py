"""What runs by itself."""

from celery import shared_task

from knowledge import services


@shared_task(ignore_result=True)
def publish_due():
    services.publish_due()


@shared_task(ignore_result=True)
def ask_to_confirm():
    services.ask_to_confirm()


@shared_task(ignore_result=True)
def remind_readers():
    services.remind()
