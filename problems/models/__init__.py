"""A problem and what is kept about it."""

from problems.models.problem import Problem

__all__ = ["Problem"]
