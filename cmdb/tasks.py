"""What the configuration database does by itself. Each may run twice, anywhere, at any time."""

from celery import shared_task

from cmdb import services


@shared_task
def remind_owners():
    services.remind_owners()
