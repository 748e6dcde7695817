"""The tickets that figures are about, for one viewer under one set of filters."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from core import clock
from insights.rules import AGE_BOUNDS
from tickets.models import Ticket


def tickets_for(user, query, kind="incident"):
    """Incidents (or changes) that `user` may see and `query` lets through, of any time. Every figure begins here."""
    tickets = Ticket.objects.visible_to(user).filter(kind=kind)
    if query.organisation:
        tickets = tickets.filter(organisation=int(query.organisation))
    for name in ("team", "service"):
        wanted = getattr(query, name)
        if wanted:
            tickets = tickets.filter(**({f"{name}__isnull": True} if wanted == "none" else {name: int(wanted)}))
    if query.priority:
        tickets = tickets.filter(priority=int(query.priority))
    return _sliced(tickets, query)


def _sliced(tickets, query):
    """Only one bar or one cell of a chart, when the query names one."""
    if query.age:
        tickets = tickets.filter(aged(query.age, clock.now()))
    if query.weekday:
        tickets = tickets.alias(weekday=ExtractIsoWeekDay("created_at")).filter(weekday=int(query.weekday))
    if query.hour:
        tickets = tickets.alias(hour=ExtractHour("created_at")).filter(hour=int(query.hour))
    return tickets


def aged(key, now) -> Q:
    """Logged so long before `now` as the bucket `key` says."""
    low, high = AGE_BOUNDS[key]
    young = Q() if low == timedelta(0) else Q(created_at__lte=now - low)
    return young if high is None else young & Q(created_at__gt=now - high)
