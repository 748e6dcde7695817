"""What runs by itself."""

from celery import shared_task

from changes import services


@shared_task
def check_collisions():
    services.check_asked()
