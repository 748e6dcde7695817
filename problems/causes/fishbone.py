"""The drawing of a fishbone (Ishikawa diagram): head at the right, categories as ribs, causes as bones on them.

All ribs of one half are parallel, and so are the smaller ones on which the causes of a cause sit. What is on a rib lies
to its left within a strip as wide as its widest row; strips stand side by side, so nothing crosses anything.
"""

from dataclasses import dataclass

from problems.causes.measuring import LINE, width_of, wrapped
from problems.causes.shapes import MARKS, Box, Drawing, Path, Text
from problems.causes.tree import Tree

SLANT = 0.5  # to the left for each pixel away from the spine
STEP = 26  # of a smaller rib to the left of the one its bone sits on
WIDTH = 170  # of the words of a cause
PAD = 8
GAP = 34  # between strips
HEAD = 190


@dataclass
class _Row:
    node: object
    lines: list[str]
    level: int
    height: float
    width: float
    near: float  # how far its bone is from the spine
    parent: "_Row | None"

    @property
    def room(self):
        """Between the end of its bone and its words: both the rib it sits on and its own smaller one pass there."""
        return self.height * SLANT + PAD + (STEP if self.node.children else 0)


def draw(tree: Tree, *, description="") -> Drawing:
    """The whole fish. Its text boxes never overlap, whatever the words are."""
    halves = [tree.roots[0::2], tree.roots[1::2]]
    strips = [[_rows(root) for root in half] for half in halves]
    shapes, x, left = [], 0.0, 0.0
    reaches = [0.0, 0.0]
    for pair in range(max(1, len(strips[0]))):
        both = [(side, strips[side][pair], halves[side][pair]) for side in (0, 1) if pair < len(strips[side])]
        x += max([_width(rows, root) for _side, rows, root in both], default=0) + GAP
        for side, rows, root in both:
            found, reach, leftmost = _rib(root, rows, x, -1 if side == 0 else 1)
            shapes += found
            reaches[side] = max(reaches[side], reach)
            left = min(left, leftmost)
    lines = wrapped(tree.head, HEAD, most=6)
    height = LINE * len(lines) + 2 * PAD
    start, end = left, x + GAP
    shapes.insert(0, Path(((start, 0), (end, 0)), "spine"))
    shapes.append(Box(end, -height / 2, HEAD + 2 * PAD, height, "head"))
    shapes.append(Text(end + PAD, -height / 2 + PAD, tuple(lines), "head"))
    box = (start - PAD, -max(reaches[0], height / 2) - PAD, end + HEAD + 3 * PAD, max(reaches[1], height / 2) + PAD)
    return Drawing(tuple(shapes), box, tree.head, description)


def _rows(root) -> list[_Row]:
    """The causes of a category in the order in which their bones leave its rib, the nearest to the spine first."""
    rows: list[_Row] = []

    def place(node, level, parent, near):
        lines = wrapped(MARKS[node.state] + node.text, WIDTH)
        row = _Row(node, lines, level, LINE * len(lines) + 10, max(map(width_of, lines)), near, parent)
        rows.append(row)
        near += row.height
        for child in node.children:
            near = place(child, level + 1, row, near)
        return near

    near = 14.0
    for child in root.children:
        near = place(child, 0, None, near)
    return rows


def _reach(row):
    """How far to the left of the category's rib the words of a row go."""
    return row.level * STEP + row.room + row.width


def _width(rows, root):
    label = max(map(width_of, wrapped(root.text, WIDTH))) + 4 * PAD
    return max([_reach(row) + PAD for row in rows] + [label])


def _rib(root, rows, x, way):
    """A category and what is on it; `way` is -1 above the spine, 1 below. With how far out and left it goes."""
    far = max((row.near + row.height for row in rows), default=20.0) + 10
    shapes = [Path(((x - far * SLANT, way * far), (x, 0)), "rib")]
    for row in rows:
        end = x - row.near * SLANT - row.level * STEP
        text_end = end - row.room
        y = way * row.near
        kind = f"is-{row.node.state}"
        shapes.append(Path(((text_end - row.width, y), (end, y)), f"bone {kind}"))
        top = y - row.height + 6 if way < 0 else y + 4
        shapes.append(Text(text_end, top, tuple(row.lines), kind, "end"))
        below = [one for one in rows if one.parent is row]
        if below:
            last = below[-1].near - row.near
            shapes.append(Path(((end - STEP - last * SLANT, way * below[-1].near), (end - STEP, y)), "small-rib"))
    lines = wrapped(root.text, WIDTH)
    width, height = max(map(width_of, lines)) + 2 * PAD, LINE * len(lines) + PAD
    middle = x - far * SLANT
    top = way * far - (height if way < 0 else 0)
    shapes.append(Box(middle - width / 2, top, width, height, "category"))
    shapes.append(Text(middle, top + PAD / 2, tuple(lines), "category", "middle"))
    leftmost = min([middle - width / 2] + [x - row.near * SLANT - _reach(row) for row in rows])
    return shapes, far + height, leftmost
