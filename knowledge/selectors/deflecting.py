"""How many searches for help an article ended."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from knowledge.models import HelpSession

Outcome = HelpSession.Outcome


@dataclass(frozen=True)
class Deflection:
    """Searches for help that began in the period. `percent` is solved ÷ (solved + submitted), None of none."""

    solved: int
    submitted: int
    left: int

    @property
    def percent(self) -> float | None:
        ended = self.solved + self.submitted
        return 100 * self.solved / ended if ended else None


def sessions(user, start: datetime, end: datetime):
    """The searches that `user` may look at and that began in [start, end)."""
    return HelpSession.objects.visible_to(user).filter(started_at__gte=start, started_at__lt=end)


def deflection(user, start: datetime, end: datetime) -> Deflection:
    """The figure over [start, end), of the organisations `user` serves. Who left without a word counts on no side."""
    named = {"solved": Outcome.SOLVED, "submitted": Outcome.SUBMITTED, "left": Outcome.LEFT}
    counts = {name: Count("pk", filter=Q(outcome=outcome)) for name, outcome in named.items()}
    return Deflection(**sessions(user, start, end).aggregate(**counts))
