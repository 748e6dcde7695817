"""The impact graph: what fails if this fails, what this needs, and why.

One recursive statement reads the reachable part of the graph and one query the groups met there; a worklist in memory
then says what fails, because "n of these m" cannot be decided one path at a time. Items that are retired or disposed
of neither fail nor help.
"""

from collections import defaultdict, deque
from operator import itemgetter
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Q

from cmdb.models import ConfigurationItem, RedundancyGroup, Relation
from cmdb.workflow import OVER
from core.rows import array

_FAR_END = itemgetter(0)


class Reached(NamedTuple):
    """An item that is reached, how many relations away, and the id of the item `before` it; None at a start."""

    item_id: int
    depth: int
    before: int | None


# UNION drops what was met before, so that a ring ends and everything is expanded once. A depth must be counted only
# where it is limited; the last step is left to the outer statement. All that is read of relations stands in the two
# partial indexes, and what is over is read once, by another.
_SQL = """
WITH RECURSIVE reach(id{depth_column}) AS (
    SELECT start{depth_zero} FROM unnest(%(starts)s::bigint[]) AS start
    UNION
    SELECT r.{far}{depth_next} FROM reach JOIN cmdb_relation r ON r.{near} = reach.id{depth_limit}
), over AS MATERIALIZED (
    SELECT id FROM cmdb_configurationitem WHERE state IN %(over)s
)
SELECT r.{near}, r.{far}, r.group_id
FROM (SELECT DISTINCT id FROM reach) AS near JOIN cmdb_relation r ON r.{near} = near.id
WHERE NOT EXISTS (SELECT FROM over WHERE over.id = r.{far})
"""


def failing(item_ids, *, most_depth=None) -> dict[int, Reached]:
    """Every item that fails if these fail, these included at depth 0.

    A dependant of a group of which n are needed fails only when fewer than n of its members remain.
    """
    edges = _edges(item_ids, "provider_id", "dependant_id", most_depth)
    return spread(item_ids, onward_from(edges), most_depth, spare_in(edges))


def reachable(item_ids, *, most_depth=None) -> dict[int, Reached]:
    """Every item at risk: like `failing`, as if there were no redundancy."""
    return spread(item_ids, onward_from(_edges(item_ids, "provider_id", "dependant_id", most_depth)), most_depth)


def needs(item_ids, *, most_depth=None) -> dict[int, Reached]:
    """What these depend on, directly and through others, these included at depth 0."""
    return spread(item_ids, onward_from(_edges(item_ids, "dependant_id", "provider_id", most_depth)), most_depth)


class Extract:
    """All that can be reached from some items, read once: what fails with any of them costs no other query."""

    def __init__(self, item_ids):
        edges = _edges(item_ids, "provider_id", "dependant_id", None) if item_ids else []
        self._onward, self._spare = onward_from(edges), spare_in(edges)

    def failing(self, item_ids) -> dict[int, Reached]:
        """As the function of this name; `item_ids` are some of those the extract was read for."""
        return spread(item_ids, self._onward, None, self._spare)

    def way(self, item_ids, target, *, through) -> list[int]:
        """The shortest way from one of these items to `target` over items of `through`, both ends included.

        Empty when there is none. Groups are passed like any relation: `through` says what has failed.
        """
        before = dict.fromkeys(sorted(set(item_ids)))
        waiting = deque(before)
        while waiting and target not in before:
            here = waiting.popleft()
            for far, _group in sorted(self._onward.get(here, ()), key=_FAR_END):
                if far in through and far not in before:
                    before[far] = here
                    waiting.append(far)
        way = [target] if target in before else []
        while way and before[way[-1]] is not None:
            way.append(before[way[-1]])
        return way[::-1]


def path(reached, item_id) -> list[tuple[Relation, ConfigurationItem]]:
    """How an item was reached: (relation, the item it leads to), from next to the start to the item itself."""
    steps = []
    while (step := reached.get(item_id)) is not None and step.before is not None:
        steps.append((step.before, item_id))
        item_id = step.before
    ends = {pk for step in steps for pk in step}
    related = ("relation_type", "source", "target", "group")
    between = Relation.objects.filter(provider__in=ends, dependant__in=ends).select_related(*related).order_by("-pk")
    relations = {frozenset((one.provider_id, one.dependant_id)): one for one in between}
    items = ConfigurationItem.objects.select_related("item_class").in_bulk(ends)
    found = [(relations.get(frozenset(step)), items.get(step[1])) for step in reversed(steps)]
    return [(relation, item) for relation, item in found if relation and item]


def _edges(item_ids, near, far, most_depth) -> list[tuple[int, int, int | None]]:
    """(near end, far end, group) of the relations met on the way, in one statement."""
    limited = most_depth is not None
    statement = _SQL.format(
        near=near,
        far=far,
        depth_column=", depth" if limited else "",
        depth_zero=", 0" if limited else "",
        depth_next=", reach.depth + 1" if limited else "",
        depth_limit=" WHERE reach.depth < %(last)s" if limited else "",
    )
    given = {"starts": array(sorted(set(item_ids))), "last": most_depth - 1 if limited else None, "over": OVER}
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def spare_in(edges) -> dict[int, int]:
    """{group: how many of its members can be lost} of the groups met, in one query; none where there are none."""
    met = {group for _near, _far, group in edges if group is not None}
    if not met:
        return {}
    helping = Count("relations__provider", distinct=True, filter=~Q(relations__provider__state__in=OVER))
    rows = RedundancyGroup.objects.filter(pk__in=met).annotate(members=helping)
    return {pk: members - needed for pk, members, needed in rows.values_list("pk", "members", "needed")}


def onward_from(edges) -> dict[int, list]:
    """(far end, group) of the relations that lead on from each item."""
    onward = defaultdict(list)
    for near, far, group in edges:
        onward[near].append((far, group))
    return onward


def spread(item_ids, onward, most_depth, spare=None) -> dict[int, Reached]:
    """Follow the relations breadth first. With `spare`, count who of a group is lost until too few remain.

    The answer is in the order of reaching: what an item failed of stands before it.
    """
    reached = {one: Reached(one, 0, None) for one in sorted(set(item_ids))}
    lost = defaultdict(set)
    waiting = deque(reached.values())
    while waiting:
        here = waiting.popleft()
        if here.depth == most_depth:
            break
        for far, group in sorted(onward.get(here.item_id, ()), key=_FAR_END):
            if spare is not None and group is not None:
                lost[group].add(here.item_id)
                if len(lost[group]) <= spare[group]:
                    continue
            if far not in reached:
                reached[far] = Reached(far, here.depth + 1, here.item_id)
                waiting.append(reached[far])
    return reached
