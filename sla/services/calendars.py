"""Publishing calendars; official holidays and make-up days come in as dated exceptions."""

from datetime import date

import holidays
from django.db import transaction
from django.utils.translation import gettext as _

from core.business_time import BusinessCalendar
from core.errors import InvalidInput
from sla.models import Calendar, CalendarVersion


@transaction.atomic
def publish_calendar(calendar, *, zone, weekly, exceptions=None, valid_through=None, note=""):
    """Add the next version of a calendar. Equal content publishes nothing and returns the version in force.

    Raises InvalidInput for an unknown zone, weekday or time, and for a calendar in which nobody ever works.
    """
    exceptions = exceptions or {}
    try:
        compiled = BusinessCalendar.of(zone, weekly, exceptions)
    except ValueError as error:
        raise InvalidInput({"weekly": [str(error)]}) from error
    if compiled.weekly_seconds == 0:
        raise InvalidInput({"weekly": [_("Nobody works in this calendar; no deadline would ever come.")]})
    Calendar.objects.select_for_update().get(pk=calendar.pk)
    current = calendar.current()
    if current and (current.digest, current.valid_through) == (compiled.digest, valid_through):
        return current
    return CalendarVersion.objects.create(
        calendar=calendar,
        number=(current.number if current else 0) + 1,
        zone=zone,
        weekly=weekly,
        exceptions=exceptions,
        valid_through=valid_through,
        digest=compiled.digest,
        note=note,
    )


def official_days(country, years, working_day):
    """({date: intervals}, last date known or None): holidays are empty, make-up days (调休) work like `working_day`.

    Source: the `holidays` package. A year counts as known once its make-up days are gazetted; days of later years
    are left out rather than guessed.
    """
    found = holidays.country_holidays(country, years=years)
    make_up = {day for day in getattr(found, "weekend_workdays", ()) if day.year in years}
    known = max((day.year for day in make_up), default=None)
    if known is None:
        return {day.isoformat(): [] for day in sorted(found)}, None
    exceptions = {day.isoformat(): [] for day in found if day.year <= known}
    exceptions |= {day.isoformat(): working_day for day in make_up}
    return dict(sorted(exceptions.items())), date(known, 12, 31)
