"""Everything that says whether a change fits where it is planned, as one reader may see it."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from changes import rules
from changes.models import Change, Collision, WindowException
from changes.selectors import collisions, slots, windows
from changes.selectors.obstacles import Obstacle
from changes.selectors.scope import item_ids
from cmdb.models import ConfigurationItem
from core import clock

# So many items are named in a sentence.
NAMED = 5


class Way(NamedTuple):
    """How a change reaches the place of a collision. `items` the reader may not see are None."""

    change: Change | None
    items: list[ConfigurationItem | None]


class Shown(NamedTuple):
    """A collision on a page: with which change, where, by which ways, and whether the reader may accept it."""

    collision: Collision
    other: Change
    place: ConfigurationItem | None
    ways: list[Way]
    may_accept: bool


class Fit(NamedTuple):
    verdicts: list[windows.Verdict]
    freezes: list[windows.Frozen]
    collisions: list[Shown]
    hidden: int
    is_excepted: bool
    exceptions: list[WindowException]

    @property
    def is_inside(self) -> bool:
        return all(verdict.is_inside for verdict in self.verdicts)


def fit_of(change, user) -> Fit:
    """How a change fits as it is planned now. Collisions are the stored ones, which the sweep keeps up."""
    start, end, ids = change.planned_start, change.planned_end, item_ids(change)
    verdicts = windows.inside_windows(ids, start, end) if start else []
    frozen = freezes_of(change, ids) if start else []
    standing = Collision.objects.standing().of([change.pk])
    seen = list(standing.visible_to(user).select_related("first", "second", "accepted_by"))
    hidden = standing.count() - len(seen)
    asked = list(change.window_exceptions.select_related("asked_by", "decided_by"))
    own = {verdict.item.pk for verdict in verdicts} | {bound.owner.pk for v in verdicts for bound in v.bounds}
    visible = set(ConfigurationItem.objects.visible_to(user).filter(pk__in=own).values_list("pk", flat=True))
    verdicts = [verdict for verdict in verdicts if verdict.item.pk in visible]
    return Fit(verdicts, frozen, shown(seen, change, user), hidden, windows.is_excepted(change), asked)


def obstacles(change):
    """What of windows, freezes and collisions keeps a change out of the calendar, as everything stands now."""
    if change.planned_start is None:
        return
    url, ids = reverse("changes:fit", args=[change.number]), item_ids(change)
    outside = [
        one.item.name for one in windows.inside_windows(ids, change.planned_start, change.planned_end) if one.missed
    ]
    if outside and not windows.is_excepted(change):
        names = ", ".join(outside[:NAMED]) + (" …" if len(outside) > NAMED else "")
        yield Obstacle("window", _("Outside the maintenance windows of %(names)s.") % {"names": names}, url)
    for one in freezes_of(change, ids):
        yield Obstacle("freeze", _("In the freeze “%(name)s”.") % {"name": one.freeze.name}, url)
    for number in _unaccepted(change):
        yield Obstacle("collision", _("It collides with %(number)s.") % {"number": number}, url)


def _unaccepted(change) -> list[str]:
    """Numbers of changes in the calendar that it collides with, unless this very collision is accepted."""
    found = {
        key: meeting.evidence()
        for meeting in reversed(collisions.standing_in_its_way(change))
        for key in meeting.keys
        if key != change.pk
    }
    if not found:
        return []
    accepted = Collision.objects.of([change.pk]).filter(state=Collision.State.ACCEPTED)
    for one in accepted:
        other = one.second_id if one.first_id == change.pk else one.first_id
        if found.get(other) == one.evidence:
            del found[other]
    return list(Change.objects.filter(pk__in=found).order_by("pk").values_list("number", flat=True))


def freezes_of(change, ids=None) -> list[windows.Frozen]:
    """The freezes over a change as it is planned now."""
    return windows.freezes_over(
        item_ids(change) if ids is None else ids, change.planned_start, change.planned_end, team=change.team_id,
        service=change.service_id, implementer=change.implementer,
    )  # fmt: skip


def shown(found, change, user) -> list[Shown]:
    """Collisions as a page shows them: two statements, however many there are."""
    ways = [way for one in found for way in one.evidence["ways"].values()]
    items = collisions.names_on(ways, user)
    keys = {int(key) for one in found for key in one.evidence["ways"]}
    changes = Change.objects.visible_to(user).in_bulk(keys)
    return [
        Shown(
            one,
            one.other_than(change),
            items.get(one.evidence["item"]),
            [
                Way(changes.get(int(key)), [items.get(item) for item in way])
                for key, way in one.evidence["ways"].items()
            ],
            one.state == Collision.State.OPEN
            and all(rules.manages_changes(user, side) for side in (one.first, one.second)),
        )
        for one in found
    ]


def proposal(change, *, after=None):
    """The next free (start, end) for a change, or None."""
    return slots.next_free(change, after or clock.now())
