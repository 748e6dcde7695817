"""What the auditor of the clocks found lately."""

from core import clock as wall
from sla.models import AuditRun


def last() -> AuditRun | None:
    """The last run that came to its end."""
    return AuditRun.objects.exclude(finished_at=None).first()


def differences() -> int:
    run = last()
    return run.differences if run else 0


def age_seconds() -> int:
    """Since the end of the last run; -1 before the first."""
    run = last()
    return round((wall.now() - run.finished_at).total_seconds()) if run else -1
