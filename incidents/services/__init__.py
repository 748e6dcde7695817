"""Commands on incidents. Everything a ticket can do already is in tickets.services."""

from incidents.services.automatic import close_confirmed, resolve_children
from incidents.services.escalating import escalate_hierarchically
from incidents.services.merging import merge, split
from incidents.services.reporting import follow_up, report_incident

__all__ = [
    "close_confirmed",
    "escalate_hierarchically",
    "follow_up",
    "merge",
    "report_incident",
    "resolve_children",
    "split",
]
