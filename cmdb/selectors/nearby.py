"""The nearest part of the impact graph, for pages: however much hangs together, little is read and the rest is said.

A page wants the first items and whether there are more, in a graph of which one relation may lead to a hundred
thousand items. What is read is the nearest; so what it tells of them is true, and only silent about the rest.
"""

from itertools import islice
from typing import NamedTuple

from django.db import connection

from cmdb.selectors.impact import Reached, onward_from, spare_in, spread
from cmdb.workflow import OVER

MOST = 1000
# A thousand items may still be joined each with each: so many relations tell enough of them.
EDGES = 50_000

# Recursion yields level by level and stops where LIMIT is satisfied. An item that leads nowhere is a row as well: it
# was read to its end.
_SQL = """
WITH RECURSIVE reach(id) AS (
    SELECT %(start)s::bigint
    UNION
    SELECT r.{far} FROM reach JOIN cmdb_relation r ON r.{near} = reach.id
), over AS MATERIALIZED (
    SELECT id FROM cmdb_configurationitem WHERE state IN %(over)s
)
SELECT near.id, r.{far}, r.group_id
FROM (SELECT id FROM reach LIMIT %(most)s) AS near
LEFT JOIN cmdb_relation r ON r.{near} = near.id AND NOT EXISTS (SELECT FROM over WHERE over.id = r.{far})
LIMIT %(edges)s
"""


class Walk(NamedTuple):
    """At most `most` items beside the start, the nearest first; `has_more` says that there are others, not how many."""

    reached: dict[int, Reached]
    has_more: bool


class Nearby:
    """What is read of the neighbourhood of one item, in one statement and one for the groups that were met."""

    def __init__(self, item_id, *, way="down", most=MOST):
        """`way`: "down" to what depends on the item, "up" to what it needs."""
        near, far = ("provider_id", "dependant_id") if way == "down" else ("dependant_id", "provider_id")
        with connection.cursor() as cursor:
            given = {"start": item_id, "over": OVER, "most": most, "edges": EDGES}
            cursor.execute(_SQL.format(near=near, far=far), given)
            rows = cursor.fetchall()
        edges = [row for row in rows if row[1] is not None]
        self._start, self._most, self._is_full = item_id, most, len(rows) == EDGES
        self._read = {here for here, _far, _group in rows}
        self._onward, self._spare = onward_from(edges), spare_in(edges)

    def failing(self, *, most_depth=None) -> Walk:
        """What fails with the item. Groups count all of their members; what was not read counts as working."""
        return self._walk(spread([self._start], self._onward, most_depth, self._spare), most_depth)

    def reachable(self, *, most_depth=None) -> Walk:
        """What is at risk: as if there were no redundancy."""
        return self._walk(spread([self._start], self._onward, most_depth), most_depth)

    def _walk(self, reached, most_depth) -> Walk:
        passed = (step for step in reached.values() if most_depth is None or step.depth < most_depth)
        is_cut = self._is_full or any(step.item_id not in self._read for step in passed)
        kept = dict(islice(reached.items(), self._most + 1))
        return Walk(kept, is_cut or len(kept) < len(reached))
