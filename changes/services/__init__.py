"""Commands on changes. What any ticket can do is in tickets.services."""

from changes.services.assessing import assess, owe_assessment, remind_of_assessments
from changes.services.boards import keep_board
from changes.services.causes import judge, name_cause, suspect_changes, suspect_incidents
from changes.services.colliding import accept as accept_collision
from changes.services.colliding import check as check_collisions
from changes.services.colliding import check_asked, look_again, look_at_everything_again
from changes.services.deciding import ask_approvers, go_on, reconsider, send_back, stop
from changes.services.excepting import ask_exception, decide_exception
from changes.services.feeding import open_feed, revoke_feed, touch_feed
from changes.services.freezing import refuse_frozen, tell_frozen
from changes.services.meetings import (
    call_meeting,
    cancel_meeting,
    close_meeting,
    move_meeting,
    note_on_agenda,
    open_meeting,
)
from changes.services.planning import PLANNABLE, plan_change
from changes.services.raising import open_change
from changes.services.recording import take_baselines
from changes.services.runbook import begin, end, take_back
from changes.services.scheduling import keep_scope, obstacles, refuse_obstacles
from changes.services.templates import (
    announce_expiry,
    approve_template,
    expire_templates,
    keep_template,
    retire_template,
    suspend_template,
    suspend_what_fails,
    use_template,
)
from changes.services.windows import discard_freeze, discard_window, keep_freeze, keep_window

__all__ = [
    "PLANNABLE",
    "accept_collision",
    "announce_expiry",
    "approve_template",
    "ask_approvers",
    "ask_exception",
    "assess",
    "begin",
    "call_meeting",
    "cancel_meeting",
    "check_asked",
    "check_collisions",
    "close_meeting",
    "decide_exception",
    "discard_freeze",
    "discard_window",
    "end",
    "expire_templates",
    "go_on",
    "judge",
    "keep_board",
    "keep_freeze",
    "keep_scope",
    "keep_template",
    "keep_window",
    "look_again",
    "look_at_everything_again",
    "move_meeting",
    "name_cause",
    "note_on_agenda",
    "obstacles",
    "open_change",
    "open_feed",
    "open_meeting",
    "owe_assessment",
    "plan_change",
    "reconsider",
    "refuse_frozen",
    "refuse_obstacles",
    "remind_of_assessments",
    "retire_template",
    "revoke_feed",
    "send_back",
    "stop",
    "suspect_changes",
    "suspect_incidents",
    "suspend_template",
    "suspend_what_fails",
    "take_back",
    "take_baselines",
    "tell_frozen",
    "touch_feed",
    "use_template",
]
