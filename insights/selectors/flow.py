"""When tickets come and go, in the reader's time zone."""

from datetime import timedelta

from django.db.models import Count
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDay, TruncMonth, TruncWeek

from insights.selectors import lists

_STEPS = {"day": TruncDay, "week": TruncWeek, "month": TruncMonth}


def flow(tickets, period) -> list[tuple]:
    """(part of the period, created, resolved) for every part, empty ones too."""
    created = _by_step(tickets, "created_at", period)
    resolved = _by_step(tickets, "resolved_at", period)
    # The database names a step by its beginning, which lies before the period when the first part is a short one.
    begins = [(part, _begin_of_step(part.first, period.step)) for part in period.parts()]
    return [(part, created.get(begin, 0), resolved.get(begin, 0)) for part, begin in begins]


def arrivals(tickets, period) -> dict:
    """Tickets logged in the period by (ISO weekday, hour)."""
    logged = tickets.filter(lists.within("created_at", period)).order_by()
    rows = logged.annotate(weekday=ExtractIsoWeekDay("created_at"), hour=ExtractHour("created_at"))
    return {(w, h): count for w, h, count in rows.values_list("weekday", "hour").annotate(count=Count("pk"))}


def _by_step(tickets, name, period) -> dict:
    """Tickets by the first day of the step in which `name` lies."""
    rows = tickets.filter(lists.within(name, period)).order_by().annotate(step=_STEPS[period.step](name))
    return {step.date(): count for step, count in rows.values_list("step").annotate(count=Count("pk"))}


def _begin_of_step(day, step):
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day
