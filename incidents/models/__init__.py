"""Incidents, and what stands beside the gravest of them."""

from incidents.models.incident import Incident
from incidents.models.major import MajorIncident, MajorRule, MajorUpdate

__all__ = ["Incident", "MajorIncident", "MajorRule", "MajorUpdate"]
