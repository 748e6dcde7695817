"""The tree behind a fishbone and behind 5 Whys, and its bounds.

Of a fishbone the problem is the head, the first level its categories, everything below causes. Of 5 Whys the problem
is the first question, each node the answer to the one above it and so the next question.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_NODES = 300
MOST_LEVELS = 10
MOST_EVIDENCE = 20
MOST_ACTIONS = 10
LONGEST_TEXT = 300
LONGEST_NOTE = 4000


class Method(TextChoices):
    FISHBONE = "fishbone", _("Fishbone")
    WHYS = "whys", _("5 Whys")


class State(TextChoices):
    SUSPECTED = "suspected", pgettext_lazy("cause", "Suspected")
    CONFIRMED = "confirmed", pgettext_lazy("cause", "Confirmed")
    RULED_OUT = "ruled_out", pgettext_lazy("cause", "Ruled out")


class EvidenceKind(TextChoices):
    TICKET = "ticket", _("Ticket")
    ITEM = "item", _("Configuration item")
    CHANGE = "change", pgettext_lazy("evidence", "Change")
    FILE = "file", _("File")
    METRIC = "metric", _("Metric")
    NOTE = "note", _("Observation")


@dataclass(frozen=True)
class Evidence:
    """What speaks for or against a cause. `ref` is a ticket's number, an item's slug, a file's name or a metric."""

    kind: str
    ref: str = ""
    text: str = ""


@dataclass(frozen=True)
class Action:
    """What is to be done about a cause. It becomes the task of the problem whose key is its `id`.

    `owner` is a login; `due` a day as YYYY-MM-DD, or "".
    """

    id: str
    text: str
    owner: str = ""
    due: str = ""


@dataclass(frozen=True)
class Node:
    """A category, a cause or an answer. `by` is the login of who wrote it last, `at` when, in ISO 8601."""

    id: str
    text: str
    state: str = State.SUSPECTED
    note: str = ""
    by: str = ""
    at: str = ""
    evidence: tuple[Evidence, ...] = ()
    actions: tuple[Action, ...] = ()
    children: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Tree:
    method: str
    head: str
    roots: tuple[Node, ...] = field(default=())

    def walk(self) -> Iterator[tuple[int, Node]]:
        """Every node with its depth from 0, as it is read: each before its children."""
        waiting = [(0, node) for node in reversed(self.roots)]
        while waiting:
            depth, node = waiting.pop()
            yield depth, node
            waiting.extend((depth + 1, child) for child in reversed(node.children))

    def nodes(self) -> dict[str, Node]:
        return {node.id: node for _depth, node in self.walk()}

    def actions(self) -> list[Action]:
        return [action for _depth, node in self.walk() for action in node.actions]

    def is_category(self, depth) -> bool:
        """Whether nodes of this depth only sort causes: those are neither confirmed nor ruled out."""
        return self.method == Method.FISHBONE and depth == 0

    def has_confirmed_leaf(self) -> bool:
        """Whether a cause is confirmed under which nothing is left that would explain it further."""
        return any(
            node.state == State.CONFIRMED
            and not self.is_category(depth)
            and all(child.state == State.RULED_OUT for child in node.children)
            for depth, node in self.walk()
        )

    def with_node(self, changed: Node) -> "Tree":
        """This tree, with the node of the same id replaced. Its children stay as they are."""
        return replace(self, roots=tuple(_replaced(node, changed) for node in self.roots))


def new_id(prefix="n") -> str:
    """An id no other node has; short, because people see it in exported files."""
    return f"{prefix}{secrets.token_hex(5)}"


def _replaced(node, changed):
    if node.id == changed.id:
        return replace(changed, children=node.children)
    return replace(node, children=tuple(_replaced(child, changed) for child in node.children))
