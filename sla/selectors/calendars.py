"""Reading calendars."""

from datetime import timedelta

from django.db.models import Q

from sla.models import Calendar
from sla.models.calendar import compiled_calendar

SECONDS_OF_OFFICE_DAY = 7.5 * 3600


def office_calendar(organisation=None):
    """The compiled calendar of an organisation, else the house's office hours; None before any was published."""
    calendars = Calendar.objects.filter(Q(organisation=organisation) | Q(organisation=None, slug="office"))
    calendar = calendars.order_by("organisation_id").first()
    version = calendar.current() if calendar else None
    return compiled_calendar(version.pk) if version else None


def business_days_passed(start, end, *, organisation) -> int:
    """Whole working days of the organisation's calendar between two instants; calendar days where there is none."""
    calendar = office_calendar(organisation)
    if calendar is None:
        return (end - start).days
    return int(calendar.elapsed(start, end) // SECONDS_OF_OFFICE_DAY)


def business_days_after(start, days, *, organisation):
    """The instant at which so many working days have passed since `start`; calendar days where there is no calendar."""
    calendar = office_calendar(organisation)
    if calendar is None:
        return start + timedelta(days=days)
    return calendar.add(start, int(days * SECONDS_OF_OFFICE_DAY))
