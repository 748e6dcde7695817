"""A tree as the rows of an outline: what a form shows, sends back, and what its buttons do to it."""

from dataclasses import dataclass, replace

from problems.causes.tree import Node, State, Tree, new_id


@dataclass(frozen=True)
class Row:
    """One line: the depth from 0; `id` is "" until it is saved for the first time."""

    id: str
    depth: int
    text: str
    state: str = State.SUSPECTED


def rows_of(tree: Tree) -> list[Row]:
    return [Row(node.id, depth, node.text, node.state) for depth, node in tree.walk()]


def rows_of_text(text) -> list[Row]:
    """Lines indented by two blanks or a tab a level. Empty lines say nothing."""
    rows: list[Row] = []
    for line in str(text).replace("\u3000", "  ").splitlines():
        if words := line.strip():
            indent = line[: len(line) - len(line.lstrip())].replace("\t", "  ")
            rows.append(Row("", len(indent) // 2, words))
    return settled(rows)


def settled(rows) -> list[Row]:
    """The rows, none more than one level below the one before it."""
    result: list[Row] = []
    for row in rows:
        deepest = result[-1].depth + 1 if result else 0
        result.append(replace(row, depth=max(0, min(row.depth, deepest))))
    return result


def tree_of(rows, method, head, *, was=None, by="", at="") -> Tree:
    """The tree that these rows mean. What the outline does not show (notes, evidence, actions) stays with its node.

    Rows without words and without anything kept behind them are left out. Who wrote a row differently is its author.
    """
    known = was.nodes() if was else {}
    rows = settled(row for row in rows if row.text or row.id in known)
    stack: list[tuple[int, dict]] = []
    roots: list[dict] = []
    seen = set()
    for row in rows:
        node = _node(row, known if row.id not in seen else {}, by, at)
        seen.add(node.id)
        grown = {"node": node, "children": []}
        while stack and stack[-1][0] >= row.depth:
            stack.pop()
        (stack[-1][1]["children"] if stack else roots).append(grown)
        stack.append((row.depth, grown))
    tree = Tree(str(method), head, tuple(_built(one) for one in roots))
    return replace(tree, roots=tuple(_sorting(tree, node) for node in tree.roots))


def _sorting(tree, node):
    """What was moved up to be a category is no suspect any more."""
    return replace(node, state=str(State.SUSPECTED)) if tree.is_category(0) else node


def _node(row, known, by, at):
    old = known.get(row.id)
    if old is None:
        return Node(new_id(), row.text, str(row.state), by=by, at=at)
    if (old.text, old.state) == (row.text, row.state):
        return replace(old, children=())
    return replace(old, text=row.text, state=str(row.state), by=by, at=at, children=())


def _built(grown):
    return replace(grown["node"], children=tuple(_built(child) for child in grown["children"]))


def indented(rows, at) -> list[Row]:
    """The row and what is below it, one level deeper; the first of its level stays where it is."""
    if at == 0 or rows[at].depth > rows[at - 1].depth:
        return rows
    return _shifted(rows, at, 1)


def outdented(rows, at) -> list[Row]:
    return _shifted(rows, at, -1) if rows[at].depth else rows


def moved(rows, at, way) -> list[Row]:
    """The row and what is below it, before the sibling above it (`way` -1) or after the one below it (1)."""
    end = _end(rows, at)
    if way < 0:
        before = next((n for n in range(at - 1, -1, -1) if rows[n].depth <= rows[at].depth), None)
        if before is None or rows[before].depth < rows[at].depth:
            return rows
        return [*rows[:before], *rows[at:end], *rows[before:at], *rows[end:]]
    if end >= len(rows) or rows[end].depth < rows[at].depth:
        return rows
    after = _end(rows, end)
    return [*rows[:at], *rows[end:after], *rows[at:end], *rows[after:]]


def added(rows, at) -> list[Row]:
    """A new empty row after the row and what is below it, on its level."""
    end = _end(rows, at)
    return [*rows[:end], Row("", rows[at].depth, ""), *rows[end:]]


def removed(rows, at) -> list[Row]:
    """Without the row and what is below it."""
    return [*rows[:at], *rows[_end(rows, at) :]]


def _end(rows, at):
    return next((n for n in range(at + 1, len(rows)) if rows[n].depth <= rows[at].depth), len(rows))


def _shifted(rows, at, by):
    end = _end(rows, at)
    return [replace(row, depth=row.depth + by) if at <= n < end else row for n, row in enumerate(rows)]
