"""Windows and freezes as tests make them."""

from datetime import date, time

from django.utils import timezone

from changes import services as changes
from changes.models import Freeze, MaintenanceWindow

SUNDAYS = "FREQ=WEEKLY;BYDAY=SU"


def window(actor, name="Sunday night", *, rule=SUNDAYS, opens_at=time(1), lasts_for=240, **more):
    values = {"from_on": date(2026, 1, 1), "zone": "Asia/Shanghai"} | more
    return changes.keep_window(
        MaintenanceWindow(), actor=actor, name_en=name, rule=rule, opens_at=opens_at, lasts_for=lasts_for, **values
    )


def freeze(actor, from_at, until_at, name="Year end", *, reason="The books are closed", **more):
    return changes.keep_freeze(
        Freeze(), actor=actor, name_en=name, reason=reason, from_at=from_at, until_at=until_at, **more
    )


def day_of(at) -> str:
    """The day that shows an instant in the calendar of whoever lives by the house's clock."""
    return timezone.localdate(at).isoformat()
