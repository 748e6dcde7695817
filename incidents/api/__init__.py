"""Incidents, and major ones beside them."""

from incidents.api.incident import IncidentTransitionViewSet, IncidentViewSet
from incidents.api.major import MajorNoteViewSet, MajorStepViewSet, MajorUpdateViewSet, MajorViewSet

__all__ = [
    "IncidentTransitionViewSet",
    "IncidentViewSet",
    "MajorNoteViewSet",
    "MajorStepViewSet",
    "MajorUpdateViewSet",
    "MajorViewSet",
]
