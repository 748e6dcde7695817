"""Commands on problems. What any ticket can do is in tickets.services."""

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
from problems.services.proposing import look, look_at, sweep, weigh_again
from problems.services.raising import open_problem
from problems.services.recurrence_rules import keep_rule

__all__ = [
    "DESCRIBED", "Overtaken", "accept", "add_action", "add_evidence", "annotate", "begin_analysis", "describe",
    "dismiss", "keep_rule", "keep_template", "look", "look_at", "merge_into_problem", "merge_into_proposal",
    "open_problem", "remove_evidence", "save_outline", "save_tree", "sweep", "take_on", "weigh_again",
]  # fmt: skip
