"""Work of the desk that is too long for a request. Each may run twice, anywhere."""

from celery import shared_task

from portal.desk import bulk


@shared_task
def run_bulk_job(*, job_id):
    bulk.run(job_id)


@shared_task
def run_waiting_bulk_jobs():
    bulk.run_waiting()
