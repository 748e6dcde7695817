"""What workers under test hear of clocks: they can die once in the middle of it, and leave a trace of what they did.

DEADLY_MOMENT says when ("before commit", "after commit"), DEADLY_FLAG names the file that tells that it happened.
"""

import os
import signal
from pathlib import Path

from accounts.models import User
from events import services as events
from events.subscribing import Subscription
from sla import services as sla


def die_once(moment):
    flag = Path(os.environ.get("DEADLY_FLAG", ""))
    if os.environ.get("DEADLY_MOMENT") == moment and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def die_before_commit(event):
    """Everything of the sweep is written and nothing committed yet."""
    die_once("before commit")


def die_after_commit():
    """The sweep is committed, and the broker has not heard of what is owed."""
    die_once("after commit")


def leave_trace(event):
    events.publish("trace.told", subject=User.objects.earliest("pk"), actor=None, of=event.pk)


SUBSCRIPTIONS = [
    Subscription(("incident.*", "ticket.*"), now=(sla.follow,)),
    Subscription(("sla.breached", "sla.threshold_crossed"), now=(die_before_commit,), later=(leave_trace,)),
]
