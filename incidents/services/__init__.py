"""Commands on incidents. Everything a ticket can do already is in tickets.services."""

from incidents.services.automatic import close_confirmed, resolve_children
from incidents.services.candidacy import consider
from incidents.services.escalating import escalate_hierarchically
from incidents.services.joining import join_major
from incidents.services.majors import arrange_major, attach_children, note_on_major, post_update, take_major
from incidents.services.merging import merge, split
from incidents.services.reporting import follow_up, report_incident

__all__ = [
    "arrange_major",
    "attach_children",
    "close_confirmed",
    "consider",
    "escalate_hierarchically",
    "follow_up",
    "join_major",
    "merge",
    "note_on_major",
    "post_update",
    "report_incident",
    "resolve_children",
    "split",
    "take_major",
]
