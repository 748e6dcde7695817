"""The next time at which a change may be carried out: interval arithmetic, not search."""

from datetime import UTC, datetime, timedelta

from changes.models import Change
from changes.selectors import collisions, windows
from changes.selectors.meeting import Meetings, Plan
from changes.selectors.scope import item_ids
from cmdb.selectors.impact import Extract
from core.spans import Interval, intersection, without

QUARTER = 15 * 60
WITHIN = timedelta(days=90)
TRIES = 50


def next_free(change: Change, after: datetime, *, within=WITHIN, length=None) -> tuple[datetime, datetime] | None:
    """The first (start, end) from `after` on that is free for `change`; None within the time looked at.

    Free is what lies inside the windows of every item, in no freeze, and less than the margin from no change that it
    would collide with. It lasts as long as planned, or `length`, and begins on a quarter of an hour.
    """
    length = length or (change.planned_end - change.planned_start if change.planned_start else None)
    if length is None:
        return None
    ids = item_ids(change)
    low, high = after, after + within
    free = _open(ids, low, high)
    frozen = windows.freezes_over(
        ids, low, high, team=change.team_id, service=change.service_id, implementer=change.implementer
    )
    free = without(free, [_seconds(one.freeze.from_at, one.freeze.until_at) for one in frozen])
    margin = collisions.margin()
    others = [one for one in collisions.plans_between(low - margin, high + margin) if one.key != change.pk]
    meetings = Meetings(Extract({*ids, *(item for one in others for item in one.items)}))
    own = Plan(change.pk, low, high, frozenset(ids))
    met = [one for one in others if meetings.of_two(own, one)]
    free = without(free, [_seconds(one.start - margin, one.end + margin) for one in met])
    rest = [one for one in others if one not in met]
    return _first(free, own, length, rest, meetings)


def _open(ids, low, high) -> tuple[Interval, ...]:
    """When the windows of all items are open."""
    free = (_seconds(low, high),)
    for bound in {bound for bounds in windows.bounds_of(ids).values() for bound in bounds}:
        free = intersection(free, bound.spans(low, high))
    return free


def _first(free, own, length, others, meetings):
    """The first place of this length where it does not take part in bringing something down with several others."""
    seconds, margin, tries = int(length.total_seconds()), collisions.margin(), 0
    for low, high in free:
        start = -(-low // QUARTER) * QUARTER
        while start + seconds <= high and tries < TRIES:
            tries += 1
            slot = own._replace(start=_instant(start), end=_instant(start + seconds))
            near = [one for one in others if one.overlaps(slot, margin)]
            many = meetings.of([slot, *near], margin, about={own.key}) if len(near) > 1 else []
            if not many:
                return slot.start, slot.end
            gone = min(one.end for one in near if any(one.key in meeting.keys for meeting in many))
            start = max(start + QUARTER, -(-int((gone + margin).timestamp()) // QUARTER) * QUARTER)
    return None


def _seconds(start, end) -> Interval:
    """Whole seconds, never less than the span itself."""
    return int(start.timestamp()), -int(-end.timestamp() // 1)


def _instant(seconds):
    return datetime.fromtimestamp(seconds, UTC)
