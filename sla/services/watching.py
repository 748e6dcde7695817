"""The watch over the watch: deadlines that are swept too late are an episode that administrators hear of once."""

from django.db import transaction

from core import clock as wall
from events import services as events
from sla.models import SweepDelay
from sla.selectors import lateness


@transaction.atomic
def watch_sweep() -> bool:
    """Open or end an episode by the age of the oldest due deadline; returns whether the sweep is behind.

    An episode begins beyond SLA_SWEEP_ALARM_SECONDS and publishes `sweep.fell_behind`; it ends when nothing waits
    that long any more and publishes `sweep.caught_up`. Any number of workers may call this.
    """
    age = lateness.alarming_seconds()
    is_behind = age > 0
    now = wall.recorded_now()
    episode = SweepDelay.objects.select_for_update().filter(ended_at=None).first()
    if episode is None and is_behind:
        # Of two workers that see it at the same moment the constraint lets one open the episode.
        episode, is_new = SweepDelay.objects.get_or_create(ended_at=None, defaults={"noticed_at": now, "worst": age})
        if is_new:
            events.publish("sweep.fell_behind", subject=episode, actor=None, is_public=False, seconds=age)
    elif episode is not None:
        episode.worst = max(episode.worst, age)
        episode.ended_at = None if is_behind else now
        episode.save(update_fields=["worst", "ended_at"])
        if not is_behind:
            events.publish("sweep.caught_up", subject=episode, actor=None, is_public=False, worst=episode.worst)
    return is_behind
