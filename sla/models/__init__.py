from sla.models.agreement import Agreement, AgreementVersion, Target
from sla.models.audit import AuditRun
from sla.models.calendar import Calendar, CalendarVersion
from sla.models.clock import Clock, Correction, Firing, Ruling, Segment, Terms
from sla.models.escalation import Escalation, EscalationPolicy, EscalationStep
from sla.models.negotiation import Clause, Remark, Side, Signature
from sla.models.recalculation import Recalculation
from sla.models.replay import Replay
from sla.models.watch import SweepDelay

__all__ = [
    "Agreement",
    "AgreementVersion",
    "AuditRun",
    "Calendar",
    "CalendarVersion",
    "Clause",
    "Clock",
    "Correction",
    "Escalation",
    "EscalationPolicy",
    "EscalationStep",
    "Firing",
    "Recalculation",
    "Remark",
    "Replay",
    "Ruling",
    "Segment",
    "Side",
    "Signature",
    "SweepDelay",
    "Target",
    "Terms",
]
