"""Commands of the clocks: start and follow tickets, sweep what is due, publish calendars and agreements."""

from sla.services.agreements import promise_resolution_only, put_in_force
from sla.services.calendars import publish_calendar
from sla.services.following import follow, holding_clocks
from sla.services.starter import install_defaults
from sla.services.sweeping import sweep

__all__ = [
    "follow",
    "holding_clocks",
    "install_defaults",
    "promise_resolution_only",
    "publish_calendar",
    "put_in_force",
    "sweep",
]
