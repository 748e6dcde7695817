"""Reactions that are slow or deadly, for workers under test. Each leaves its trace in the ledger."""

import os
import signal
import time
from pathlib import Path

from accounts.models import User
from events import services as events
from events.subscribing import Subscription
from sla import services as sla


def trace(event, name):
    subject = User.objects.get(pk=event.subject_id)
    events.publish(name, subject=subject, actor=None, of=event.pk)


def slow(event):
    """Leaves its trace, then takes its time inside the same transaction."""
    trace(event, "trace.slow")
    time.sleep(event.data["seconds"])


def deadly(event):
    """Kills its own process: at every attempt, or only at the first (which leaves the flag file)."""
    trace(event, "trace.deadly")
    flag = Path(event.data["flag"])
    if event.data["always"] or not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)


SUBSCRIPTIONS = [
    Subscription(("incident.*", "ticket.*"), now=(sla.follow,)),
    Subscription(("test.slow",), later=(slow,)),
    Subscription(("test.deadly",), later=(deadly,)),
]
