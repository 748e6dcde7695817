"""Commands of the clocks: start and follow tickets, sweep what is due, publish calendars and agreements."""

from sla.services.agreements import promise_resolution_only, put_in_force
from sla.services.calendars import publish_calendar
from sla.services.calling import acknowledge, pass_on_unanswered, refuse_answered
from sla.services.drafting import (
    create_agreement,
    edit_agreement,
    edit_version,
    move_clause,
    new_version,
    remove_clause,
    save_clause,
    set_targets,
)
from sla.services.ending import expire_due, remind_of_ends, remind_of_reviews, withdraw_clocks
from sla.services.escalating import escalate
from sla.services.following import follow, holding_clocks
from sla.services.negotiating import answer_remark, remark, take_step
from sla.services.recalculating import start_recalculation
from sla.services.signing import sign, start_due
from sla.services.starter import install_defaults
from sla.services.sweeping import sweep
from sla.services.watching import watch_sweep

__all__ = [
    "acknowledge",
    "answer_remark",
    "create_agreement",
    "edit_agreement",
    "edit_version",
    "escalate",
    "expire_due",
    "follow",
    "holding_clocks",
    "install_defaults",
    "move_clause",
    "new_version",
    "pass_on_unanswered",
    "promise_resolution_only",
    "publish_calendar",
    "put_in_force",
    "refuse_answered",
    "remark",
    "remind_of_ends",
    "remind_of_reviews",
    "remove_clause",
    "save_clause",
    "set_targets",
    "sign",
    "start_due",
    "start_recalculation",
    "sweep",
    "take_step",
    "watch_sweep",
    "withdraw_clocks",
]
