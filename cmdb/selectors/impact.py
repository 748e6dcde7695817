"""The impact graph: what fails if this fails, what this needs, and why.

One recursive statement reads the reachable part of the graph; a worklist in memory then says what fails, because
"n of these m" cannot be decided one path at a time. Items that are retired or disposed of neither fail nor help.
"""

from collections import defaultdict, deque
from typing import NamedTuple

from django.db import connection

from cmdb.models import ConfigurationItem, Relation
from cmdb.workflow import OVER
from core.rows import array


class Reached(NamedTuple):
    """An item that is reached, how many relations away, and `via` (relation id, id of the item before) or None."""

    item_id: int
    depth: int
    via: tuple[int, int] | None


# UNION drops what was met before, so that a ring ends. A depth must be counted only where it is limited.
_SQL = """
WITH RECURSIVE reach(id{depth_column}) AS (
    SELECT start{depth_zero} FROM unnest(%(starts)s::bigint[]) AS start
    UNION
    SELECT r.{far}{depth_next} FROM reach JOIN cmdb_relation r ON r.{near} = reach.id{depth_limit}
)
SELECT r.id, r.{near}, r.{far}, r.group_id, g.needed,
       CASE WHEN g.id IS NOT NULL THEN (
           SELECT count(DISTINCT m.provider_id) FROM cmdb_relation m
           JOIN cmdb_configurationitem i ON i.id = m.provider_id
           WHERE m.group_id = g.id AND i.state <> ALL(%(over)s)
       ) END
FROM (SELECT DISTINCT id FROM reach{expanded}) AS near
JOIN cmdb_relation r ON r.{near} = near.id
LEFT JOIN cmdb_redundancygroup g ON g.id = r.group_id
JOIN cmdb_configurationitem far ON far.id = r.{far} AND far.state <> ALL(%(over)s)
"""


def failing(item_ids, *, most_depth=None) -> dict[int, Reached]:
    """Every item that fails if these fail, these included at depth 0.

    A dependant of a group of which n are needed fails only when fewer than n of its members remain.
    """
    return _spread(item_ids, _edges(item_ids, "provider_id", "dependant_id", most_depth), most_depth, is_redundant=True)


def reachable(item_ids, *, most_depth=None) -> dict[int, Reached]:
    """Every item at risk: like `failing`, as if there were no redundancy."""
    return _spread(item_ids, _edges(item_ids, "provider_id", "dependant_id", most_depth), most_depth)


def needs(item_ids, *, most_depth=None) -> dict[int, Reached]:
    """What these depend on, directly and through others, these included at depth 0."""
    return _spread(item_ids, _edges(item_ids, "dependant_id", "provider_id", most_depth), most_depth)


def path(reached, item_id) -> list[tuple[Relation, ConfigurationItem]]:
    """How an item was reached: (relation, the item it leads to), from next to the start to the item itself."""
    steps = []
    while (step := reached.get(item_id)) is not None and step.via is not None:
        steps.append((step.via[0], item_id))
        item_id = step.via[1]
    related = ("relation_type", "source", "target", "group")
    relations = Relation.objects.select_related(*related).in_bulk([relation for relation, _item in steps])
    items = ConfigurationItem.objects.select_related("item_class").in_bulk([item for _relation, item in steps])
    return [(relations[r], items[i]) for r, i in reversed(steps) if r in relations and i in items]


def _edges(item_ids, near, far, most_depth) -> list[tuple]:
    """The relations met on the way, in one statement."""
    limited = most_depth is not None
    statement = _SQL.format(
        near=near,
        far=far,
        depth_column=", depth" if limited else "",
        depth_zero=", 0" if limited else "",
        depth_next=", reach.depth + 1" if limited else "",
        depth_limit=" WHERE reach.depth < %(most)s" if limited else "",
        expanded=" WHERE depth < %(most)s" if limited else "",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"starts": array(sorted(set(item_ids))), "most": most_depth, "over": list(OVER)})
        return cursor.fetchall()


def _spread(item_ids, edges, most_depth, *, is_redundant=False) -> dict[int, Reached]:
    """Follow the relations breadth first. With redundancy, count who of a group is lost until too few remain."""
    onward = defaultdict(list)
    for edge in sorted(edges):
        onward[edge[1]].append(edge)
    reached = {one: Reached(one, 0, None) for one in sorted(set(item_ids))}
    lost = defaultdict(set)
    waiting = deque(reached)
    while waiting:
        here = reached[waiting.popleft()]
        if most_depth is not None and here.depth >= most_depth:
            continue
        for relation, near, far, group, needed, members in onward[here.item_id]:
            if is_redundant and group is not None:
                lost[group].add(near)
                if members - len(lost[group]) >= needed:
                    continue
            if far not in reached:
                reached[far] = Reached(far, here.depth + 1, (relation, near))
                waiting.append(far)
    return reached
