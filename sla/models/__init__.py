from sla.models.agreement import Agreement, AgreementVersion, Target
from sla.models.calendar import Calendar, CalendarVersion
from sla.models.clock import Clock, Firing, Segment

__all__ = ["Agreement", "AgreementVersion", "Calendar", "CalendarVersion", "Clock", "Firing", "Segment", "Target"]
