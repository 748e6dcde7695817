"""A problem and what is kept about it; the incidents that recur before it is one."""

from problems.models.analysis import Analysis, AnalysisTemplate, AnalysisVersion
from problems.models.fix import Fix, RiskAcceptance
from problems.models.problem import Problem
from problems.models.proposal import Proposal, ProposedIncident
from problems.models.recurring import RecurrenceRule, Sighting

__all__ = [
    "Analysis", "AnalysisTemplate", "AnalysisVersion", "Fix", "Problem", "Proposal", "ProposedIncident",
    "RecurrenceRule", "RiskAcceptance", "Sighting",
]  # fmt: skip
