"""What became of a tree from one saving to the next, cause by cause."""

from dataclasses import dataclass
from enum import StrEnum

from problems.causes.tree import Node, Tree


class What(StrEnum):
    HEAD, TEXT, STATE, NOTE = "head", "text", "state", "note"
    ADDED, REMOVED, MOVED = "added", "removed", "moved"
    EVIDENCE_ADDED, EVIDENCE_REMOVED = "evidence_added", "evidence_removed"
    ACTION_ADDED, ACTION_CHANGED, ACTION_REMOVED = "action_added", "action_changed", "action_removed"


@dataclass(frozen=True)
class Difference:
    """One thing that changed of the cause called `text`: from `was` to `now`, as far as there is one of them.

    Added and moved causes have the text of what they hang on now, "" on the first level.
    """

    what: What
    text: str
    was: str = ""
    now: str = ""


def differences(before: Tree, after: Tree) -> list[Difference]:
    """What is different in `after`, in the order in which it is read; what is gone comes last."""
    old, new = before.nodes(), after.nodes()
    hung, hangs = _parents(before), _parents(after)
    found = []
    if before.head != after.head:
        found.append(Difference(What.HEAD, after.head, before.head, after.head))
    for key, node in new.items():
        above = new[hangs[key]].text if hangs.get(key) else ""
        if key not in old:
            found.append(Difference(What.ADDED, node.text, now=above))
        elif hung.get(key) != hangs.get(key):
            found.append(Difference(What.MOVED, node.text, now=above))
        found += _of_node(old.get(key) or Node(key, node.text), node)
    found += [Difference(What.REMOVED, node.text) for key, node in old.items() if key not in new]
    return found


def _of_node(was, now):
    if was.text != now.text:
        yield Difference(What.TEXT, now.text, was.text, now.text)
    if was.state != now.state:
        yield Difference(What.STATE, now.text, was.state, now.state)
    if was.note != now.note:
        yield Difference(What.NOTE, now.text, was.note, now.note)
    for one in now.evidence:
        if one not in was.evidence:
            yield Difference(What.EVIDENCE_ADDED, now.text, now=_said(one))
    for one in was.evidence:
        if one not in now.evidence:
            yield Difference(What.EVIDENCE_REMOVED, now.text, was=_said(one))
    earlier, later = ({one.id: one for one in node.actions} for node in (was, now))
    for key, one in later.items():
        if key not in earlier:
            yield Difference(What.ACTION_ADDED, now.text, now=one.text)
        elif one != earlier[key]:
            yield Difference(What.ACTION_CHANGED, now.text, earlier[key].text, one.text)
    for key, one in earlier.items():
        if key not in later:
            yield Difference(What.ACTION_REMOVED, now.text, was=one.text)


def _said(evidence):
    return " ".join(filter(None, (evidence.ref, evidence.text)))


def _parents(tree):
    return {child.id: node.id for _depth, node in tree.walk() for child in node.children}
