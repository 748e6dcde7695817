from training.models.assessment import Assessment
from training.models.course import Course
from training.models.plan import Plan, PlanItem
from training.models.session import Enrolment, Session

__all__ = ["Assessment", "Course", "Enrolment", "Plan", "PlanItem", "Session"]
