"""How many searches for help an article ended."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from knowledge.models import HelpSession

Outcome = HelpSession.Outcome


@dataclass(frozen=True)
class Deflection:
    """Searches for help that began in the period. `percent` is solved ÷ (solved + submitted), None of none.

    `left` read an article and went without a word; `missed` found none to read and went: neither counts.
    """

    solved: int
    submitted: int
    left: int
    missed: int

    @property
    def percent(self) -> float | None:
        ended = self.solved + self.submitted
        return 100 * self.solved / ended if ended else None


# How a search ended, as the page of figures names it.
ENDED = {
    "solved": Q(outcome=Outcome.SOLVED),
    "submitted": Q(outcome=Outcome.SUBMITTED),
    "left": Q(outcome=Outcome.LEFT, found_nothing=False),
    "missed": Q(outcome=Outcome.LEFT, found_nothing=True),
}


def sessions(user, start: datetime, end: datetime):
    """The searches that `user` may look at and that began in [start, end)."""
    return HelpSession.objects.visible_to(user).filter(started_at__gte=start, started_at__lt=end)


def deflection(user, start: datetime, end: datetime) -> Deflection:
    """The figure over [start, end), of the organisations `user` serves. Who left without a word counts on no side."""
    counts = {name: Count("pk", filter=ended) for name, ended in ENDED.items()}
    return Deflection(**sessions(user, start, end).aggregate(**counts))
