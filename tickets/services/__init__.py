"""Commands on any ticket. Each is one transaction and one published event."""

from tickets.services.conversation import attach, comment
from tickets.services.editing import edit
from tickets.services.linking import link, set_parent, unlink
from tickets.services.nudging import nudge
from tickets.services.opening import open_ticket
from tickets.services.people import unwatch, watch
from tickets.services.transitions import take_transition

__all__ = [
    "attach",
    "comment",
    "edit",
    "link",
    "nudge",
    "open_ticket",
    "set_parent",
    "take_transition",
    "unlink",
    "unwatch",
    "watch",
]
