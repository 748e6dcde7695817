"""The engine that a clock counts by."""

from functools import lru_cache

from sla import rules
from sla.engine import Engine
from sla.models.calendar import CalendarsByKey
from sla.models.clock import terms_by_id


def engine_of(clock) -> Engine:
    return _engine(clock.terms_id)


@lru_cache(maxsize=2048)
def _engine(terms_id) -> Engine:
    """Terms and calendar versions never change, so the engine of terms is kept in the process."""
    return Engine(rules.policy_of(terms_by_id(terms_id)), CalendarsByKey())
