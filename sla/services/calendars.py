"""Publishing calendars; what changes before one is published."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, time_zones
from core.business_time import BusinessCalendar, epoch_seconds
from core.errors import InvalidInput
from events import services as events
from sla import access
from sla.engine import Retarget
from sla.models import Calendar, CalendarVersion
from sla.selectors import zone_rules
from sla.services.recalculating import start_recalculation

# A version in which nobody works that long is more often a failed import than an intention.
IDLE_AT_MOST = timedelta(days=60)
# How much of the zone's rules a version keeps for itself, seen from its publication.
OFFSETS_FROM, OFFSETS_TO = timedelta(days=-3 * 365), timedelta(days=10 * 365)


@transaction.atomic
def save_calendar(calendar, *, actor, **names):
    """Create (no calendar) or rename one: name_zh, name_en, slug, organisation. Raises InvalidInput, NotAllowed."""
    access.require_manager(actor)
    calendar = calendar or Calendar()
    for field, value in names.items():
        setattr(calendar, field, value)
    if not (calendar.name_zh or calendar.name_en):
        raise InvalidInput({"name_zh": [_("Give it a name in at least one language.")]})
    if Calendar.objects.filter(slug=calendar.slug).exclude(pk=calendar.pk).exists():
        raise InvalidInput({"slug": [_("Another calendar has this short name.")]})
    calendar.save()
    return calendar


@transaction.atomic
def publish_calendar(
    calendar,
    *,
    zone,
    weekly,
    exceptions=None,
    labels=None,
    valid_through=None,
    note="",
    mode=Retarget.RETROACTIVE,
    is_confirmed=False,
    actor=None,
):
    """Add the next version of a calendar. Equal content publishes nothing and returns the version in force.

    In order: refuses an unknown zone, weekday or time, and a version in which nobody works for 60 days unless
    `is_confirmed`; writes the version with the zone's offsets as they are known today; publishes
    `calendar.published`; starts to carry it to open clocks, judged by `mode`. Raises InvalidInput, NotAllowed.
    """
    access.require_manager(actor)
    exceptions, labels, now = exceptions or {}, labels or {}, clock.recorded_now()
    compiled = compiled_from(zone, weekly, exceptions)
    if is_idle(compiled, now) and not is_confirmed:
        raise InvalidInput({"is_confirmed": [_("Nobody works in this calendar for the next 60 days. Confirm it.")]})
    Calendar.objects.select_for_update().get(pk=calendar.pk)
    current = calendar.current()
    if current and _equals(current, compiled, valid_through, labels):
        return current
    low, high = epoch_seconds(now + OFFSETS_FROM), epoch_seconds(now + OFFSETS_TO)
    version = CalendarVersion.objects.create(
        calendar=calendar,
        number=(current.number if current else 0) + 1,
        zone=zone,
        weekly=weekly,
        exceptions=exceptions,
        labels=labels,
        valid_through=valid_through,
        digest=compiled.digest,
        tzdata=time_zones.installed_release(),
        offsets=time_zones.offsets_of(zone, low, high),
        note=note,
    )
    events.publish("calendar.published", subject=calendar, actor=actor, is_public=False, version=version.number)
    if current:
        start_recalculation(calendar=calendar, mode=mode, actor=actor)
    return version


@transaction.atomic
def save_and_publish(calendar, *, names, content, actor, **options) -> CalendarVersion:
    """Write a calendar's names and publish its content, both or neither."""
    calendar = save_calendar(calendar, actor=actor, **names)
    return publish_calendar(calendar, **content, actor=actor, **options)


def follow_zone_rules(calendar, *, mode, actor) -> CalendarVersion:
    """Publish the calendar's content again by the zone rules installed now; unchanged rules publish nothing."""
    current = calendar.current()
    return publish_calendar(
        calendar,
        zone=current.zone,
        weekly=current.weekly,
        exceptions=current.exceptions,
        labels=current.labels,
        valid_through=current.valid_through,
        note=_("Time zone rules %(release)s") % {"release": time_zones.installed_release()},
        mode=mode,
        is_confirmed=True,
        actor=actor,
    )


def compiled_from(zone, weekly, exceptions) -> BusinessCalendar:
    """The compiled calendar of what somebody typed. Raises InvalidInput."""
    if not time_zones.is_known(zone):
        raise InvalidInput({"zone": [_("There is no such time zone. Write it like Asia/Shanghai.")]})
    try:
        return BusinessCalendar.of(zone, weekly, exceptions)
    except ValueError as error:
        raise InvalidInput({"weekly": [_("Hours are written like 09:00–12:00, 13:30–18:00.")]}) from error


def is_idle(compiled, now) -> bool:
    """Whether nobody works for the next 60 days."""
    return compiled.elapsed(now, now + IDLE_AT_MOST) == 0


def _equals(current, compiled, valid_through, labels) -> bool:
    content = (current.digest, current.valid_through, current.labels)
    return content == (compiled.digest, valid_through, labels) and not zone_rules.differences(current)
