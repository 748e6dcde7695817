"""Whether a fix helped: what came before it, and what came after."""

from datetime import timedelta
from typing import NamedTuple

from core import clock
from problems.models import Fix

SHOWN = 10


class Effect(NamedTuple):
    """A fix, and how many linked incidents came in `days` before it and in as many days after it (so far)."""

    fix: Fix
    days: int
    before: int
    after: int


def effects_of(problem) -> list[Effect]:
    """Every fix of a problem, the latest first. Incidents that somebody linked count, whenever they did."""
    fixes = list(problem.fixes.select_related("recurrence")[:SHOWN])
    if not fixes:
        return []
    came = list(problem.incidents().values_list("created_at", flat=True))
    span = timedelta(days=problem.watch_days)
    return [
        Effect(
            fix, problem.watch_days,
            sum(fix.in_place_at - span <= at <= fix.in_place_at for at in came),
            sum(fix.in_place_at < at <= min(fix.in_place_at + span, clock.now()) for at in came),
        )
        for fix in fixes
    ]  # fmt: skip
