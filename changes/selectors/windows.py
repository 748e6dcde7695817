"""Whether work fits the maintenance windows of what it touches, and which freezes lie over it.

An item has the windows that are attached to it; without any, those of its class or the nearest one above; without any,
those of every service that fails with it, because such work takes the service down. With redundancy it does not, and
then, as where nobody agreed on a window at all, work may be done at any time.
"""

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from changes.models import Freeze, MaintenanceWindow, WindowException
from changes.selectors.scope import item_ids
from cmdb.models import ConfigurationItem, ItemClass
from cmdb.selectors import impact
from core.spans import Interval, union


class Bound(NamedTuple):
    """Windows of one kind of origin: `owner` is the item itself, its class, or a service that fails with the item."""

    owner: ConfigurationItem | ItemClass
    windows: tuple[MaintenanceWindow, ...]

    def spans(self, low, high) -> tuple[Interval, ...]:
        """When any of the windows is open, in epoch seconds; what touches counts as one."""
        opened = [span for window in self.windows for span in window.openings(low, high)]
        return union((int(start.timestamp()), int(end.timestamp())) for start, end in opened)


class Verdict(NamedTuple):
    """Whether work on an item fits. `bounds` are all that it must lie inside, `missed` those it does not."""

    item: ConfigurationItem
    bounds: list[Bound]
    missed: list[Bound]

    @property
    def is_inside(self) -> bool:
        return not self.missed


class Frozen(NamedTuple):
    """A freeze over some work, and `what` of its scope it meets: services, classes or teams; empty for everything."""

    freeze: Freeze
    what: list


def inside_windows(item_ids, start, end) -> list[Verdict]:
    """For each item whether `start`..`end` lies inside one opening (or several that touch) of each of its bounds."""
    first, last = int(start.timestamp()), int(end.timestamp())
    found = bounds_of(item_ids)
    fits = {
        bound: any(opens <= first and last <= closes for opens, closes in bound.spans(start, end))
        for bound in {bound for bounds in found.values() for bound in bounds}
    }
    return [Verdict(item, bounds, [one for one in bounds if not fits[one]]) for item, bounds in found.items()]


def bounds_of(item_ids) -> dict[ConfigurationItem, list[Bound]]:
    """By item the bounds of work on it, ordered by short name. A fixed number of statements however many items."""
    items = ConfigurationItem.objects.filter(pk__in=item_ids).select_related("item_class").order_by("slug")
    items, classes = list(items), {one.pk: one for one in ItemClass.objects.all()}
    windows = MaintenanceWindow.objects.in_bulk()
    own, of_class = (_attached(windows, "items", "configurationitem"), _attached(windows, "classes", "itemclass"))
    found = {}
    for item in items:
        if windows := own.get(item.pk):
            found[item] = [Bound(item, windows)]
        elif named := _nearest(item.item_class, classes, of_class):
            found[item] = [Bound(named, of_class[named.pk])]
        else:
            found[item] = []
    if without := [item for item, bounds in found.items() if not bounds]:
        extract = impact.Extract([item.pk for item in without])
        services = ConfigurationItem.objects.filter(pk__in=own, item_class__family="service").in_bulk()
        for item in without:
            hit = sorted(extract.failing([item.pk]).keys() & services.keys())
            found[item] = [Bound(services[pk], own[pk]) for pk in hit]
    return found


def is_excepted(change) -> bool:
    """Whether a granted exception lets a change be done outside the windows, as it is planned now."""
    if change.planned_start is None:
        return False
    granted = change.window_exceptions.filter(state=WindowException.State.GRANTED)
    ids = item_ids(change) if granted else []
    return any(one.covers(ids, change.planned_start, change.planned_end) for one in granted)


def freezes_over(item_ids, start, end, *, team=None, service=None, implementer=None) -> list[Frozen]:
    """The freezes during `start`..`end` that hold for work on these items.

    `team` and `service` are ids of those who do the work and of what it is for. A freeze of a service holds for
    everything it rests on, redundant or not: during a freeze nobody uses up what others rely on.
    """
    freezes = Freeze.objects.during(start, end).prefetch_related("services", "classes", "teams")
    return [Frozen(freeze, what) for freeze, what in _met(freezes, item_ids, team, service, implementer)]


def upcoming_freezes(user, low, high) -> list[Freeze]:
    """What the reader's calendar shows of freezes."""
    return list(Freeze.objects.visible_to(user).during(low, high).prefetch_related("services", "classes", "teams"))


def next_openings(window, after, *, most=3, within=timedelta(days=366)) -> list[tuple]:
    """The openings that are not over yet, the next ones first."""
    return window.openings(after, after + within)[:most]


def _met(freezes, item_ids, team, service, implementer):
    freezes = [freeze for freeze in freezes if not freeze.excepts(implementer)]
    if not freezes:
        return
    items = list(ConfigurationItem.objects.filter(pk__in=item_ids).select_related("item_class"))
    reached = set(impact.reachable(item_ids)) | ({service} if service else set())
    teams = {team, *(item.support_team_id for item in items)}
    classes = {one.pk: one for one in ItemClass.objects.all()}
    lines = {above.pk for item in items for above in _line(item.item_class, classes)}
    met = {Freeze.Scope.SERVICES: reached, Freeze.Scope.CLASSES: lines, Freeze.Scope.TEAMS: teams}
    for freeze in freezes:
        what = [one for one in freeze.named() if one.pk in met[freeze.scope]]
        if what or freeze.scope == Freeze.Scope.EVERYTHING:
            yield freeze, what


def _attached(windows, relation, owner) -> dict[int, tuple[MaintenanceWindow, ...]]:
    """By id of what they are attached to all windows there are: they are agreed by hand and few."""
    through = getattr(MaintenanceWindow, relation).through.objects.order_by("pk")
    found = defaultdict(list)
    for pk, window in through.values_list(f"{owner}_id", "maintenancewindow_id"):
        if window in windows:
            found[pk].append(windows[window])
    return {pk: tuple(held) for pk, held in found.items()}


def _line(item_class, classes):
    """A class and those above it, the nearest first; a ring in the data ends."""
    seen = set()
    while item_class is not None and item_class.pk not in seen:
        seen.add(item_class.pk)
        yield item_class
        item_class = classes.get(item_class.parent_id)


def _nearest(item_class, classes, attached):
    return next((one for one in _line(item_class, classes) if one.pk in attached), None)
