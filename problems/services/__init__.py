"""Commands on problems. What any ticket can do is in tickets.services."""

from problems.services.describing import DESCRIBED, describe
from problems.services.raising import open_problem

__all__ = ["DESCRIBED", "describe", "open_problem"]
