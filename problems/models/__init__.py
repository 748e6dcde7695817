"""A problem and what is kept about it; the incidents that recur before it is one."""

from problems.models.analysis import Analysis, AnalysisTemplate, AnalysisVersion
from problems.models.problem import Problem
from problems.models.proposal import Proposal, ProposedIncident
from problems.models.recurring import RecurrenceRule, Sighting

__all__ = [
    "Analysis", "AnalysisTemplate", "AnalysisVersion", "Problem", "Proposal", "ProposedIncident", "RecurrenceRule",
    "Sighting",
]  # fmt: skip
