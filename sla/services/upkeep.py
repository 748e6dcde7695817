"""What is looked after without anybody asking: calendars that end, zone rules that moved, clocks left behind."""

from django.db import transaction

from core import time_zones
from events import services as events
from events.models import Event
from sla.engine import Retarget
from sla.models import Calendar, Recalculation
from sla.selectors import followers, hours, zone_rules
from sla.services.recalculating import start_recalculation


def keep_calendars() -> None:
    """For each calendar's version in force: say once that its holidays are known for less than 60 days
    (`calendar.running_out`) or that the installed time zone rules would move its hours (`calendar.zone_rules_moved`);
    carry it to clocks that were left behind, such as those started while it was published."""
    for calendar in Calendar.objects.order_by("pk"):
        version = calendar.current()
        if version is None:
            continue
        if hours.is_running_out(version):
            _say_once("calendar.running_out", version, valid_through=version.valid_through)
        if zone_rules.differences(version):
            _say_once("calendar.zone_rules_moved", version, release=time_zones.installed_release())
        if followers.outdated_clocks(calendar).exists():
            _catch_up(calendar)


@transaction.atomic
def _say_once(name, version, **data):
    calendar = Calendar.objects.select_for_update().get(pk=version.calendar_id)
    about = {"subject_kind": calendar.ledger_kind, "subject_id": calendar.pk, "data__version": version.number}
    if not Event.objects.filter(name=name, **about).exists():
        events.publish(name, subject=calendar, actor=None, is_public=False, version=version.number, **data)


@transaction.atomic
def _catch_up(calendar):
    before = Recalculation.objects.filter(calendar=calendar).first()
    if before is None or before.state != Recalculation.State.RUNNING:
        start_recalculation(calendar=calendar, mode=before.mode if before else Retarget.RETROACTIVE)
