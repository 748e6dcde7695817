"""What the configuration database does by itself. Each may run twice, anywhere, at any time."""

from celery import shared_task

from cmdb import services
from cmdb.services import importing


@shared_task
def remind_owners():
    services.remind_owners()


@shared_task
def look_for_duplicates():
    services.look_for_duplicates()


# A hundred thousand lines are one transaction; its lock lets nobody else begin the same work meanwhile.
@shared_task(time_limit=1800, soft_time_limit=1740)
def run_waiting_imports():
    importing.work_all()
