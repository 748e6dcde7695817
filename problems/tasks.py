"""Sweeps over problems. Each may run twice, anywhere."""

from celery import shared_task

from problems import services


@shared_task
def close_observed():
    services.close_observed()


@shared_task
def review_risks():
    services.review_risks()


@shared_task
def sweep_recurrences():
    services.sweep()
