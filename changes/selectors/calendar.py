"""What stands in the calendar between two instants, as one reader may see it."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import NamedTuple

from django.db.models.functions import Coalesce

from changes.models import Change, Collision, Freeze
from changes.selectors import collisions
from changes.selectors.windows import upcoming_freezes
from cmdb.models import Service
from cmdb.selectors.impact import Extract

# A month of a large company; beyond it the page says that there are more.
MOST = 500


class Entry(NamedTuple):
    """A change in the calendar: as it was done, else as planned. `services` fail with what it touches."""

    change: Change
    start: datetime
    end: datetime
    services: list[Service]
    open_collisions: int


class Page(NamedTuple):
    entries: list[Entry]
    freezes: list[Freeze]
    has_more: bool


def page_of(user, low, high, *, team=None, service=None, most=MOST) -> Page:
    """Visible changes and freezes between two instants in order of time; cancelled ones are left out."""
    rows = Change.objects.visible_to(user).exclude(state="cancelled")
    rows = rows.annotate(
        starts=Coalesce("actual_start", "planned_start"), ends=Coalesce("actual_end", "planned_end", "actual_start")
    ).filter(starts__lt=high, ends__gte=low)
    if team is not None:
        rows = rows.filter(team=team)
    rows = list(rows.select_related("team", "service", "assignee", "implementer").order_by("starts", "pk")[: most + 1])
    entries = _entries(user, rows[:most])
    if service is not None:
        entries = [entry for entry in entries if service in {one.pk for one in entry.services}]
    return Page(entries, upcoming_freezes(user, low, high), len(rows) > most)


def _entries(user, rows):
    keys = [row.pk for row in rows]
    services = services_hit(user, rows)
    standing = Collision.objects.visible_to(user).filter(state=Collision.State.OPEN).of(keys)
    colliding = Counter(key for pair in standing.values_list("first", "second") for key in pair)
    return [Entry(row, row.starts, row.ends, services[row.pk], colliding[row.pk]) for row in rows]


def services_hit(user, changes) -> dict[int, list[Service]]:
    """By change the services that fail with what it touches, and the one it is for. Three statements."""
    items = collisions.items_by_change([change.pk for change in changes])
    extract = Extract({item for touched in items.values() for item in touched})
    hit = {change.pk: {change.service_id, *extract.failing(items[change.pk])} - {None} for change in changes}
    wanted = {item for found in hit.values() for item in found}
    services = Service.objects.visible_to(user).filter(is_active=True).in_bulk(wanted)
    found = defaultdict(list)
    for change, ids in hit.items():
        found[change] = sorted((services[pk] for pk in ids if pk in services), key=lambda one: (one.position, one.pk))
    return found
