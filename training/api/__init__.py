"""Skills, courses, plans, sessions, assessments, and the report of what is missing."""

from training.api.reports import GapsView
from training.api.resources import (
    AssessmentViewSet,
    CourseViewSet,
    PlanViewSet,
    SessionViewSet,
    SkillViewSet,
)

__all__ = ["AssessmentViewSet", "CourseViewSet", "GapsView", "PlanViewSet", "SessionViewSet", "SkillViewSet"]
