"""Commands on any ticket. Each is one transaction and one published event."""

from tickets.services.checklists import add_steps, remove_step, start_runbook, tick_step
from tickets.services.conversation import attach, comment
from tickets.services.dispatching import give_out
from tickets.services.drafts import drop_draft, keep_draft, sweep_drafts
from tickets.services.editing import edit
from tickets.services.linking import link, set_parent, unlink
from tickets.services.macros import run_macro
from tickets.services.merging import follow_merged_item
from tickets.services.nudging import nudge
from tickets.services.opening import open_ticket
from tickets.services.people import unwatch, watch
from tickets.services.preparing import discard, keep
from tickets.services.referring import UnreadableArticles, knowing
from tickets.services.snoozing import snooze, wake, wake_due, wake_on_reply
from tickets.services.tagging import tag
from tickets.services.timekeeping import log_time, remove_time
from tickets.services.transitions import take_onwards, take_transition
from tickets.services.undoing import act_between, last_act, undo
from tickets.services.withdrawing import can_be_withdrawn, withdraw

__all__ = [
    "UnreadableArticles",
    "act_between",
    "add_steps",
    "attach",
    "can_be_withdrawn",
    "comment",
    "discard",
    "drop_draft",
    "edit",
    "follow_merged_item",
    "give_out",
    "keep",
    "keep_draft",
    "knowing",
    "last_act",
    "link",
    "log_time",
    "nudge",
    "open_ticket",
    "remove_step",
    "remove_time",
    "run_macro",
    "set_parent",
    "snooze",
    "start_runbook",
    "sweep_drafts",
    "tag",
    "take_onwards",
    "take_transition",
    "tick_step",
    "undo",
    "unlink",
    "unwatch",
    "wake",
    "wake_due",
    "wake_on_reply",
    "watch",
    "withdraw",
]
