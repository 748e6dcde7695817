"""The sweep of clocks. It may run twice, anywhere, at any time."""

from celery import shared_task

from sla import services


@shared_task
def sweep_clocks():
    while services.sweep():
        pass
