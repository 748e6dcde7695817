"""Whoever has a task hears once that its day has come, and once that it is over."""

from django.db import transaction
from django.utils import timezone

from core import clock
from tickets.models import Task
from tickets.services import door
from tickets.vocabulary import TaskReminder

BATCH = 200


def remind_of_tasks() -> int:
    """Tell of what is due today or late, at most BATCH in one go; returns of how many. Running twice tells once."""
    today = timezone.localdate(clock.recorded_now())
    due = Task.objects.to_be_reminded(today).select_related("ticket").order_by("due_on", "pk")[:BATCH]
    return sum(_remind(task, today) for task in due)


@transaction.atomic
def _remind(task, today) -> bool:
    """Publishes `task.due`, or `task.late` with whoever answers for the ticket as `told`; False when it was done, or
    somebody else told of it, meanwhile."""
    ticket = door.lock(task.ticket)
    task = Task.objects.select_for_update().to_be_reminded(today).filter(pk=task.pk).first()
    if task is None:
        return False
    is_late = task.due_on < today
    task.reminded_of = TaskReminder.LATE if is_late else TaskReminder.DUE
    task.save(update_fields=["reminded_of"])
    door.note(
        ticket, f"task.{task.reminded_of}", actor=None, task=task.pk, key=task.key, title=task.title,
        due_on=task.due_on.isoformat(), team=task.team_id, assignee=task.assignee_id, automatic=task.automatic,
        told=[ticket.assignee_id] if is_late and ticket.assignee_id else [],
    )  # fmt: skip
    return True
