"""Workers that deliver and seal. Both may run twice, anywhere, at any time."""

from celery import shared_task

from events import services


@shared_task
def deliver():
    services.deliver_due(limit=500)


@shared_task
def seal_ledger():
    services.seal_finished_days()


def nudge():
    """Ask for a delivery round now; never waits long for a broker (see CELERY_BROKER_TRANSPORT_OPTIONS)."""
    deliver.apply_async(retry=False, expires=30)
