"""Commands on changes. What any ticket can do is in tickets.services."""

from changes.services.colliding import accept as accept_collision
from changes.services.colliding import check as check_collisions
from changes.services.colliding import check_asked, look_again, look_at_everything_again
from changes.services.deciding import ask_approvers, go_on, reconsider, send_back, stop
from changes.services.excepting import ask_exception, decide_exception
from changes.services.feeding import open_feed, revoke_feed, touch_feed
from changes.services.planning import PLANNABLE, plan_change
from changes.services.raising import open_change
from changes.services.scheduling import keep_scope, refuse_obstacles
from changes.services.windows import discard_freeze, discard_window, keep_freeze, keep_window

__all__ = [
    "PLANNABLE",
    "accept_collision",
    "ask_approvers",
    "ask_exception",
    "check_asked",
    "check_collisions",
    "decide_exception",
    "discard_freeze",
    "discard_window",
    "go_on",
    "keep_freeze",
    "keep_scope",
    "keep_window",
    "look_again",
    "look_at_everything_again",
    "open_change",
    "open_feed",
    "plan_change",
    "reconsider",
    "refuse_obstacles",
    "revoke_feed",
    "send_back",
    "stop",
    "touch_feed",
]
