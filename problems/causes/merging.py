"""Two people change one tree: what each did to other causes, or to other sides of one, both stays.

A three-way merge by the ids of the nodes. Nothing anybody wrote is dropped silently: a cause that one removed while
the other wrote on it stays, and what both wrote differently is a `Clash`.
"""

from dataclasses import dataclass, fields, replace

from problems.causes.tree import Node, Tree

SIDES = tuple(field.name for field in fields(Node) if field.name not in ("id", "children", "by", "at"))


@dataclass(frozen=True)
class Clash:
    """What both changed. `mine` and `theirs` are values of the side; "" for `theirs` where they removed the cause."""

    node: Node
    side: str
    mine: object
    theirs: object


def merge(base: Tree, mine: Tree, theirs: Tree) -> tuple[Tree, list[Clash]]:
    """What comes of `base` when both happened to it, and where both said something else; there `mine` stands."""
    old, own, other = (_Flat(tree) for tree in (base, mine, theirs))
    clashes: list[Clash] = []
    head = mine.head if mine.head != base.head else theirs.head
    if mine.head != base.head and theirs.head not in (base.head, mine.head):
        clashes.append(Clash(Node("", mine.head), "head", mine.head, theirs.head))
    kept = {}
    for key in {**other.nodes, **own.nodes}:
        node = _kept(key, old.nodes.get(key), own.nodes.get(key), other.nodes.get(key), clashes)
        if node is not None:
            kept[key] = node
    parents = _parents(kept, old, own, other)
    for key in list(kept):  # What hangs on something that one of them removed brings it back.
        while (key := parents.get(key)) and key not in kept:
            kept[key] = own.nodes.get(key) or other.nodes[key]
            parents[key] = own.parents.get(key) or other.parents.get(key)
    if _has_ring(parents):
        parents = {key: other.parents.get(key, parents[key]) for key in kept}
        clashes += [Clash(kept[key], "parent", "", "") for key in kept if parents[key] != own.parents.get(key)]
        if _has_ring(parents):
            parents = dict.fromkeys(kept)
    order = _order(old.order, own.order, other.order)
    children: dict = {}
    for key in sorted(kept, key=order.index):
        children.setdefault(parents[key], []).append(key)
    return Tree(mine.method, head, _grown(None, kept, children)), clashes


class _Flat:
    """A tree as nodes without children, the parent of each, and the order they are read in."""

    def __init__(self, tree):
        self.nodes, self.parents = {}, {}
        for _depth, node in tree.walk():
            self.nodes[node.id] = replace(node, children=())
            self.parents.setdefault(node.id, None)
            self.parents.update(dict.fromkeys((child.id for child in node.children), node.id))
        self.order = list(self.nodes)


def _kept(key, was, own, other, clashes):
    """The node as it is from now on, or None where it is gone."""
    if own is None or other is None:
        here = own or other
        if was is None:
            return here
        if all(getattr(here, side) == getattr(was, side) for side in SIDES):
            return None
        clashes.append(Clash(here, "removed", "" if own is None else own.text, "" if other is None else other.text))
        return here
    was = was or Node(key, "")
    merged, latest = own, own
    for side in SIDES:
        before, ours, theirs = (getattr(node, side) for node in (was, own, other))
        if ours == before != theirs:
            merged, latest = replace(merged, **{side: theirs}), other
        elif ours != before and theirs not in (before, ours):
            clashes.append(Clash(own, side, ours, theirs))
            latest = own
    return replace(merged, by=latest.by, at=latest.at)


def _parents(kept, old, own, other):
    """Where each hangs: where it was moved to, mine first; who never moved it goes by the other."""
    parents = {}
    for key in kept:
        is_moved = key in own.parents and own.parents[key] != old.parents.get(key)
        parents[key] = own.parents[key] if is_moved or key not in other.parents else other.parents[key]
    return parents


def _has_ring(parents):
    for key in parents:
        seen = {key}
        while (key := parents.get(key)) is not None:
            if key in seen:
                return True
            seen.add(key)
    return False


def _order(old, own, other):
    """One order of all ids: mine where I changed it, with what is only in the other after its predecessor there."""
    known = set(old)
    is_mine = [key for key in own if key in known] != [key for key in old if key in set(own)]
    first, second = (own, other) if is_mine else (other, own)
    order = list(first)
    for n, key in enumerate(second):
        if key not in order:
            before = second[n - 1] if n else None
            order.insert(order.index(before) + 1 if before else 0, key)
    return order


def _grown(parent, kept, children):
    return tuple(replace(kept[key], children=_grown(key, kept, children)) for key in children.get(parent, ()))
