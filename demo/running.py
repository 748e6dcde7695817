"""A travelling clock that lets many lives happen in the order of their instants.

A life is a generator: it does something, then yields the instant at which it goes on. Between two steps the SLA
clocks are swept at the very instants at which they are due, as the workers would have done.
"""

import heapq
from collections.abc import Generator
from contextlib import nullcontext
from datetime import datetime, timedelta
from itertools import count

from core import clock
from events import services as events
from sla import services as sla
from sla.models import Clock

Life = Generator[datetime]


class Timeline:
    """Runs lives from `start` up to `until`. Before `loud_from` nobody is notified: nobody reads a year of mail."""

    def __init__(self, *, start: datetime, until: datetime, loud_from: datetime):
        self.start = start
        self.until = until
        self.loud_from = loud_from
        self._swept = start
        self._waiting: list[tuple[datetime, int, datetime, Life]] = []
        self._turn = count()

    def begin(self, at: datetime, life: Life, *, rank: datetime | None = None) -> None:
        """Start a life at `at`. With `rank` it takes its turn as if it began then: numbers given on a day do not
        depend on the hour at which the demo is made."""
        heapq.heappush(self._waiting, (rank or at, next(self._turn), at, life))

    def run(self, progress) -> None:
        """Live until nothing is left or the end is reached; `progress(instant)` is called after each step."""
        while self._waiting and self._waiting[0][0] <= self.until:
            rank, _turn, at, life = heapq.heappop(self._waiting)
            if at > self.until:
                continue
            self._sweep(min(rank, at))
            self._step(at, life)
            progress(at)
        self._sweep(self.until)

    def _step(self, at, life):
        with self._manner(at), clock.travel(at):
            again = next(life, None)
            self._deliver(at)
        if again is not None:
            self.begin(max(again, at + timedelta(seconds=1)), life)

    def _sweep(self, until):
        """Fire what is due before `until`, each at its own instant.

        Looked for only where time has passed since the last sweep: below it lie a year's dead rows of this very
        transaction, which no index scan can skip.
        """
        low, self._swept = self._swept - timedelta(days=1), max(self._swept, until)
        due = Clock.objects.filter(next_at__gt=low, next_at__lt=until).order_by("next_at")
        while next_at := due.values_list("next_at", flat=True).first():
            at = next_at + timedelta(seconds=1)
            with self._manner(at), clock.travel(at):
                if not sla.sweep():
                    return
                self._deliver(at)

    def _manner(self, at):
        return nullcontext() if at >= self.loud_from else events.silence()

    def _deliver(self, at):
        """What a worker would have done at once, so that bells and mailboxes carry the right times."""
        if at >= self.loud_from:
            while events.deliver_due():
                pass
