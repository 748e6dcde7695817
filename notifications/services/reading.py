"""What was read."""

from core import clock
from notifications.models import Notification


def mark_read(notification, *, actor):
    """The reader has seen one line; only its own reader can."""
    Notification.objects.of(actor).unread().filter(pk=notification.pk).update(read_at=clock.recorded_now())


def mark_all_read(*, actor):
    """Everything a person may see behind their bell is read."""
    Notification.objects.of(actor).unread().update(read_at=clock.recorded_now())
