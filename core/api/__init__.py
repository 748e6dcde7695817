"""What every resource of the REST API shares. Settings name these; nothing here imports a view."""

from core.api.access import PersonThrottle, ScopedAccess, StrangerThrottle
from core.api.paging import KeysetPagination
from core.api.problems import problem_response

__all__ = ["KeysetPagination", "PersonThrottle", "ScopedAccess", "StrangerThrottle", "problem_response"]
