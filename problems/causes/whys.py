"""The drawing of 5 Whys: the problem on top, each answer below its question, actions at the end."""

from dataclasses import dataclass, field

from problems.causes.measuring import LINE, wrapped
from problems.causes.shapes import MARKS, Box, Drawing, Path, Text
from problems.causes.tree import Tree

WIDTH = 176
PAD = 8
BESIDE = 18
BELOW = 34


@dataclass
class _Card:
    lines: list[str]
    kind: str
    below: list["_Card"] = field(default_factory=list)
    x: float = 0
    depth: int = 0

    @property
    def height(self):
        return LINE * len(self.lines) + 2 * PAD


def draw(tree: Tree, *, description="") -> Drawing:
    """The whole tree; cards of one depth stand on one line, none touches another."""
    top = _Card(wrapped(tree.head, WIDTH, most=6), "head", [_card(root) for root in tree.roots])
    width = _place(top, 0.0, 0)
    cards = list(_all(top))
    heights: dict[int, float] = {}
    for card in cards:
        heights[card.depth] = max(heights.get(card.depth, 0), card.height)
    starts = {depth: sum(heights[d] + BELOW for d in range(depth)) for depth in heights}
    shapes: list = []
    for card in cards:
        y = starts[card.depth]
        for child in card.below:
            bend, foot = y + heights[card.depth] + BELOW / 2, starts[child.depth]
            centre, middle = card.x + WIDTH / 2 + PAD, child.x + WIDTH / 2 + PAD
            way = ((centre, y + card.height), (centre, bend), (middle, bend), (middle, foot))
            shapes.append(Path(way, f"bone {child.kind}"))
    for card in cards:
        y = starts[card.depth]
        shapes.append(Box(card.x, y, WIDTH + 2 * PAD, card.height, card.kind))
        shapes.append(Text(card.x + PAD, y + PAD, tuple(card.lines), card.kind))
    bottom = max(starts[card.depth] + card.height for card in cards)
    return Drawing(tuple(shapes), (-PAD, -PAD, width + PAD, bottom + PAD), tree.head, description)


def _card(node):
    below = [_card(child) for child in node.children]
    below += [
        _Card(wrapped(" · ".join(filter(None, ("→ " + one.text, one.owner, one.due))), WIDTH), "action")
        for one in node.actions
    ]
    return _Card(wrapped(MARKS[node.state] + node.text, WIDTH, most=5), f"is-{node.state}", below)


def _place(card, left, depth):
    """Give a card and all below it their place; returns the right edge of what they take."""
    card.depth = depth
    own = WIDTH + 2 * PAD
    right = left
    for n, child in enumerate(card.below):
        right = _place(child, right + (BESIDE if n else 0), depth + 1)
    if card.below:
        card.x = (card.below[0].x + card.below[-1].x) / 2
    else:
        card.x = left
    return max(right, left + own)


def _all(card):
    yield card
    for child in card.below:
        yield from _all(child)
