"""Commands on problems. What any ticket can do is in tickets.services."""

from problems.services.deciding import accept, dismiss, merge_into_problem, merge_into_proposal
from problems.services.describing import DESCRIBED, describe
from problems.services.proposing import look, look_at, sweep, weigh_again
from problems.services.raising import open_problem
from problems.services.recurrence_rules import keep_rule

__all__ = [
    "DESCRIBED", "accept", "describe", "dismiss", "keep_rule", "look", "look_at", "merge_into_problem",
    "merge_into_proposal", "open_problem", "sweep", "weigh_again",
]  # fmt: skip
