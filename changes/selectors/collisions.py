"""Which changes collide: plans from the database, compared by `changes.selectors.meeting`."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from changes.models import Change
from changes.selectors.meeting import Meeting, Meetings, Plan
from changes.selectors.scope import item_ids
from cmdb.models import ConfigurationItem
from cmdb.selectors.impact import Extract
from core import clock

# In work now; in the calendar for good; with a plan at all.
WORKING = ("implementing", "rolled_back")
FIRM = ("scheduled", *WORKING)
PLANNED = ("draft", "assessing", "awaiting_approval", *FIRM)


def margin() -> timedelta:
    """How much time has to lie between two changes whose impacts meet."""
    return timedelta(minutes=settings.CHANGE_COLLISION_MARGIN_MINUTES)


def span_of(state, planned_start, planned_end, actual_start, now) -> tuple[datetime, datetime] | None:
    """When a change is in work: as planned; once begun, from its beginning and at least until now."""
    if state in WORKING:
        start = actual_start or planned_start or now
        return start, max(planned_end or now, now, start + timedelta(minutes=1))
    return (planned_start, planned_end) if planned_start else None


def plans_between(low, high=None, *, states=PLANNED, now=None) -> list[Plan]:
    """The plans of all changes that are in work between two instants (without `high`: from `low` on), by key.

    Two statements, however many changes there are.
    """
    now = now or clock.now()
    planned = Q(planned_end__gt=low) & (Q(planned_start__lt=high) if high else Q(planned_start__isnull=False))
    names = ("pk", "service_id", "state", "planned_start", "planned_end", "actual_start")
    rows = Change.objects.filter(planned & Q(state__in=states) | Q(state__in=WORKING)).values_list(*names)
    found = {}
    for pk, service, *dates in rows.order_by("pk"):
        span = span_of(*dates, now)
        if span and span[1] > low and (high is None or span[0] < high):
            found[pk] = (service, *span)
    items = items_by_change(found)
    return [
        Plan(pk, start, end, frozenset(items[pk] or ({service} if service else ())))
        for pk, (service, start, end) in found.items()
    ]


def items_by_change(keys) -> dict[int, set[int]]:
    found = defaultdict(set)
    through = Change.affected_items.through.objects.filter(ticket__in=list(keys))
    for change, item in through.values_list("ticket_id", "configurationitem_id"):
        found[change].add(item)
    return found


def plan_of(change, *, now=None) -> Plan | None:
    """The plan of one change as it stands now; None without dates."""
    dates = (change.state, change.planned_start, change.planned_end, change.actual_start)
    span = span_of(*dates, now or clock.now())
    return Plan(change.pk, *span, frozenset(item_ids(change))) if span else None


def meetings_among(plans, *, about=None) -> list[Meeting]:
    """Every meeting of these plans, by one reading of the graph; none is read where no two overlap."""
    if not any(_overlap_any(plans)):
        return []
    extract = Extract({item for plan in plans for item in plan.items})
    return Meetings(extract).of(plans, margin(), about=about)


def meetings_of(change, *, states=PLANNED) -> list[Meeting]:
    """What a change meets as it is planned now: nothing stored is asked."""
    own = plan_of(change)
    if own is None:
        return []
    others = [
        one for one in plans_between(own.start - margin(), own.end + margin(), states=states) if one.key != own.key
    ]
    return meetings_among([own, *others], about={own.key})


def standing_in_its_way(change) -> list[Meeting]:
    """What keeps a change out of the calendar: the first in the calendar has the place."""
    return meetings_of(change, states=FIRM)


def names_on(ways, user) -> dict[int, ConfigurationItem]:
    """The items on stored ways that the reader may see, by id."""
    ids = {item for way in ways for item in way}
    return ConfigurationItem.objects.visible_to(user).select_related("item_class").in_bulk(ids)


def _overlap_any(plans):
    end = None
    for plan in sorted(plans, key=lambda plan: plan.start):
        yield end is not None and plan.start < end + margin()
        end = plan.end if end is None else max(end, plan.end)
