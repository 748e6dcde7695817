"""Commands on changes. What any ticket can do is in tickets.services."""

from changes.services.deciding import ask_approvers, go_on, reconsider, send_back, stop
from changes.services.planning import PLANNABLE, plan_change
from changes.services.raising import open_change
from changes.services.scheduling import keep_scope, refuse_obstacles

__all__ = [
    "PLANNABLE",
    "ask_approvers",
    "go_on",
    "keep_scope",
    "open_change",
    "plan_change",
    "reconsider",
    "refuse_obstacles",
    "send_back",
    "stop",
]
