"""The neighbourhood of an item as a drawing, a tree and a table: three views of the same rows."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from cmdb.models import ConfigurationItem, Relation
from cmdb.selectors.nearby import Nearby

BUDGET = 300
DRAWN = BUDGET * 10
DEEPEST = 8


class Row(NamedTuple):
    """An item met: `depth` relations away, `way` down (it suffers) or up (it is needed), through `before`.

    `fails` says that it fails with the start; an item at risk alone is borne by its group.
    """

    item: ConfigurationItem
    depth: int
    way: str
    before: ConfigurationItem | None
    fails: bool


@dataclass
class Branch:
    row: Row
    children: list = field(default_factory=list)


class Neighbourhood(NamedTuple):
    """The nearest rows, the relations between those that are drawn one by one, how many rows the reader may not see.

    `has_more`: there are items beyond these; `has_more_relations`: not all relations between the drawn are here.
    """

    rows: list[Row]
    relations: list[Relation]
    hidden: int
    has_more: bool
    has_more_relations: bool


def around(user, item, *, way="down", depth=4) -> Neighbourhood:
    """What suffers from an item (`down`), what it needs (`up`) or `both`, as far as the reader may see it."""
    reached, has_more = {}, False
    down = Nearby(item.pk, way="down")
    failing = down.failing().reached
    if way in ("down", "both"):
        walk = down.reachable(most_depth=depth)
        reached |= {pk: ("down", step) for pk, step in walk.reached.items()}
        has_more |= walk.has_more
    if way in ("up", "both"):
        walk = Nearby(item.pk, way="up").reachable(most_depth=depth)
        reached |= {pk: ("up", step) for pk, step in walk.reached.items() if pk not in reached}
        has_more |= walk.has_more
    items = ConfigurationItem.objects.visible_to(user).select_related("item_class").in_bulk(list(reached))
    rows = []
    for pk, (direction, step) in reached.items():
        if pk in items:
            before = items.get(step.before)
            rows.append(Row(items[pk], step.depth, direction if step.depth else "", before, pk in failing))
    rows.sort(key=lambda row: (row.depth, row.way, row.item.slug))
    shown = [row.item.pk for row in rows[:BUDGET]]
    between = Relation.objects.filter(provider__in=shown, dependant__in=shown)
    relations = list(between.select_related("relation_type", "group")[: DRAWN + 1])
    return Neighbourhood(rows, relations[:DRAWN], len(reached) - len(rows), has_more, len(relations) > DRAWN)


def tree_of(rows) -> list[Branch]:
    """The rows as they were reached, one below another; the first BUDGET of them."""
    branches = {row.item.pk: Branch(row) for row in rows[:BUDGET]}
    roots = []
    for row in rows[:BUDGET]:
        above = branches.get(row.before.pk) if row.before else None
        (above.children if above else roots).append(branches[row.item.pk])
    return roots


def drawing_of(neighbourhood, marks) -> dict:
    """Nodes and edges for the browser. Beyond BUDGET items the rest is one node for each class, with edges that say how
    many of them were reached from where."""
    nodes, rest = [], {}
    for place, row in enumerate(neighbourhood.rows):
        if place >= BUDGET:
            rest.setdefault(row.item.item_class, []).append(row)
            continue
        nodes.append({
            "id": str(row.item.pk), "label": row.item.name, "kind": row.item.item_class.name,
            "family": row.item.item_class.family, "fails": row.fails, "start": row.depth == 0,
            "level": -row.depth if row.way == "up" else row.depth,
            "marks": {key: counts[row.item.pk] for key, (_label, counts) in marks.items() if row.item.pk in counts},
        })  # fmt: skip
    for item_class, rows in rest.items():
        nodes.append({
            "id": f"class-{item_class.slug}", "label": f"{item_class.name} × {len(rows)}", "kind": item_class.name,
            "family": item_class.family, "fails": any(row.fails for row in rows), "start": False, "level": DEEPEST + 1,
            "marks": {}, "group": True,
        })  # fmt: skip
    edges = [
        {
            "id": f"r{one.pk}", "source": str(one.provider_id), "target": str(one.dependant_id),
            "label": f"≥ {one.group.needed}" if one.group else "", "redundant": bool(one.group),
        }
        for one in neighbourhood.relations
    ]  # fmt: skip
    edges += _edges_of_groups(neighbourhood.rows)
    return {"nodes": nodes, "edges": edges}


def _edges_of_groups(rows) -> list[dict]:
    """How the rows beyond BUDGET were reached: from a node, or from another group."""
    nodes = {row.item.pk: str(row.item.pk) for row in rows[:BUDGET]}
    nodes |= {row.item.pk: f"class-{row.item.item_class_id}" for row in rows[BUDGET:]}
    counts = Counter()
    for row in rows[BUDGET:]:
        if row.before and nodes[row.before.pk] != nodes[row.item.pk]:
            ends = (nodes[row.before.pk], nodes[row.item.pk])
            counts[ends if row.way == "down" else ends[::-1]] += 1
    return [
        {"id": f"{source}>{target}", "source": source, "target": target, "label": f"× {count}", "redundant": False}
        for (source, target), count in counts.items()
    ]
