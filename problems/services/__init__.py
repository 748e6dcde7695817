"""Commands on problems. What any ticket can do is in tickets.services."""

from problems.services.accepting import ask_acceptance, drop_question, review_risks, take_consent, take_refusal
from problems.services.analysing import (
    Overtaken,
    add_action,
    add_evidence,
    annotate,
    begin_analysis,
    keep_template,
    remove_evidence,
    save_outline,
    save_tree,
    take_on,
)
from problems.services.deciding import accept, dismiss, merge_into_problem, merge_into_proposal
from problems.services.describing import DESCRIBED, describe
from problems.services.fixing import (
    close_observed,
    end_observation,
    follow_change,
    look_at_changes,
    look_over,
    notice_recurrence,
    set_aside,
    take_back,
)
from problems.services.linking import answer_moved, close_as_duplicate, link_change, link_incident, original_of
from problems.services.majors import open_for_major
from problems.services.proposing import look, look_at, sweep, weigh_again
from problems.services.publishing import publish_workaround, tell_incidents
from problems.services.raising import open_problem
from problems.services.recurrence_rules import keep_rule
from problems.services.shelving import remove_analysis, restore_analysis
from problems.services.sighting import remember_past
from problems.services.tasking import add_task, call_off
from problems.services.waiting import resume_waiting

__all__ = [
    "DESCRIBED", "Overtaken", "accept", "add_action", "add_evidence", "add_task", "annotate", "answer_moved",
    "ask_acceptance", "begin_analysis", "call_off", "close_as_duplicate", "close_observed", "describe", "dismiss",
    "drop_question", "end_observation", "follow_change", "keep_rule", "keep_template", "link_change",
    "link_incident", "look", "look_at", "look_at_changes", "look_over", "merge_into_problem", "merge_into_proposal",
    "notice_recurrence", "open_for_major", "open_problem", "original_of", "publish_workaround", "remember_past",
    "remove_analysis", "remove_evidence", "restore_analysis", "resume_waiting", "review_risks", "save_outline",
    "save_tree", "set_aside", "sweep", "take_back", "take_consent", "take_on", "take_refusal", "tell_incidents",
    "weigh_again",
]  # fmt: skip
