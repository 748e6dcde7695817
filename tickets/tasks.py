"""Upkeep of what people keep beside tickets. Each may run twice, anywhere."""

from celery import shared_task

from tickets import services
from tickets.services import resuming, task_reminders


@shared_task
def resume_due():
    resuming.resume_due()


@shared_task
def wake_snoozed():
    services.wake_due()


@shared_task
def remind_of_tasks():
    task_reminders.remind_of_tasks()


@shared_task
def sweep_drafts():
    services.sweep_drafts()
