"""Trees in and out as JSON, with a mark of the format. What is read from outside is believed in nothing."""

import json
import re
from datetime import date, datetime

from django.utils.translation import gettext as _

from core.text import clean_text
from problems.causes.tree import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    MOST_ACTIONS,
    MOST_EVIDENCE,
    MOST_LEVELS,
    MOST_NODES,
    Action,
    Evidence,
    EvidenceKind,
    Method,
    Node,
    State,
    Tree,
)

FORMAT = "root-cause-analysis"
VERSION = 1
MOST_BYTES = 1_000_000
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


class Fault(ValueError):
    """What is wrong with a tree, and where: `place` is a path such as `roots[2].children[0].text`."""

    def __init__(self, place, message):
        super().__init__(message)
        self.place, self.message = place, message

    def __str__(self):
        return f"{self.place}: {self.message}" if self.place else self.message


def dump(tree: Tree) -> dict:
    """The tree as plain values; `parse` of it is the identical tree."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "method": str(tree.method),
        "head": tree.head,
        "roots": [_dump_node(node) for node in tree.roots],
    }


def dumps(tree: Tree) -> str:
    return json.dumps(dump(tree), ensure_ascii=False, indent=2) + "\n"


def loads(content: bytes | str) -> Tree:
    """The tree in a file. Raises Fault."""
    if len(content) > MOST_BYTES:
        raise Fault("", _("The file is larger than %(most)s KB.") % {"most": MOST_BYTES // 1000})
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        return parse(json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_constant))
    except UnicodeDecodeError:
        raise Fault("", _("The file is not written in UTF-8.")) from None
    except json.JSONDecodeError as error:
        words = {"line": error.lineno, "column": error.colno}
        raise Fault("", _("This is no JSON: line %(line)s, column %(column)s.") % words) from None
    except RecursionError:
        raise Fault("", _too_deep()) from None
    except Fault:
        raise
    except ValueError:
        raise Fault("", _("This is no JSON that can be read.")) from None


def parse(data) -> Tree:
    """The tree that plain values describe. Raises Fault at the first thing that is not as it must be."""
    _shape(data, "", {"format", "version", "method", "head", "roots"})
    if data.get("format") != FORMAT:
        raise Fault("format", _("“%(format)s” is expected here.") % {"format": FORMAT})
    if type(data.get("version")) is not int or data["version"] != VERSION:
        raise Fault("version", _("Only version %(version)s can be read.") % {"version": VERSION})
    method = _choice(data, "method", "", Method)
    head = _text(data, "head", "", LONGEST_TEXT, is_required=True)
    reader = _Reader(method)
    return Tree(method, head, reader.nodes(_list(data, "roots", "", MOST_NODES), "roots", 0))


class _Reader:
    """Reads nodes and knows which ids and how many there were."""

    def __init__(self, method):
        self.method, self.ids, self.count = method, set(), 0

    def nodes(self, rows, place, depth):
        if rows and depth >= MOST_LEVELS:
            raise Fault(place, _too_deep())
        return tuple(self.node(row, f"{place}[{n}]", depth) for n, row in enumerate(rows))

    def node(self, row, place, depth):
        _shape(row, place, {"id", "text", "state", "note", "by", "at", "evidence", "actions", "children"})
        self.count += 1
        if self.count > MOST_NODES:
            raise Fault(place, _("An analysis has at most %(most)s causes.") % {"most": MOST_NODES})
        state = _choice(row, "state", place, State) if "state" in row else State.SUSPECTED
        if self.method == Method.FISHBONE and depth == 0 and state != State.SUSPECTED:
            raise Fault(f"{place}.state", _("A category is neither confirmed nor ruled out."))
        evidence = _list(row, "evidence", place, MOST_EVIDENCE)
        actions = _list(row, "actions", place, MOST_ACTIONS)
        return Node(
            id=self.id(row, place),
            text=_text(row, "text", place, LONGEST_TEXT, is_required=True),
            state=str(state),
            note=_text(row, "note", place, LONGEST_NOTE),
            by=_text(row, "by", place, LONGEST_TEXT),
            at=_at(row, "at", place, datetime),
            evidence=tuple(_evidence(one, f"{place}.evidence[{n}]") for n, one in enumerate(evidence)),
            actions=tuple(self.action(one, f"{place}.actions[{n}]") for n, one in enumerate(actions)),
            children=self.nodes(_list(row, "children", place, MOST_NODES), f"{place}.children", depth + 1),
        )

    def action(self, row, place):
        _shape(row, place, {"id", "text", "owner", "due"})
        return Action(
            id=self.id(row, place),
            text=_text(row, "text", place, 200, is_required=True),
            owner=_text(row, "owner", place, LONGEST_TEXT),
            due=_at(row, "due", place, date),
        )

    def id(self, row, place):
        given = row.get("id")
        if not isinstance(given, str) or not _ID.fullmatch(given):
            raise Fault(f"{place}.id", _("An id is 1 to 40 letters, digits, - or _."))
        if given in self.ids:
            raise Fault(f"{place}.id", _("The id “%(id)s” stands there twice: causes form a tree.") % {"id": given})
        self.ids.add(given)
        return given


def _evidence(row, place):
    _shape(row, place, {"kind", "ref", "text"})
    kind = _choice(row, "kind", place, EvidenceKind)
    ref, text = (_text(row, name, place, LONGEST_TEXT) for name in ("ref", "text"))
    if not (ref or text):
        raise Fault(place, _("Say what the evidence is."))
    return Evidence(str(kind), ref, text)


def _dump_node(node):
    return {
        "id": node.id,
        "text": node.text,
        "state": str(node.state),
        "note": node.note,
        "by": node.by,
        "at": node.at,
        "evidence": [{"kind": one.kind, "ref": one.ref, "text": one.text} for one in node.evidence],
        "actions": [{"id": one.id, "text": one.text, "owner": one.owner, "due": one.due} for one in node.actions],
        "children": [_dump_node(child) for child in node.children],
    }


def _shape(row, place, known):
    if not isinstance(row, dict):
        raise Fault(place, _("An object { … } is expected here."))
    if unknown := sorted(str(name) for name in set(row) - known):
        raise Fault(place, _("Unknown: %(names)s.") % {"names": ", ".join(unknown)[:100]})


def _list(row, name, place, most):
    rows = row.get(name, [])
    if not isinstance(rows, list):
        raise Fault(_at_name(place, name), _("A list [ … ] is expected here."))
    if len(rows) > most:
        raise Fault(_at_name(place, name), _("At most %(most)s stand here.") % {"most": most})
    return rows


def _choice(row, name, place, choices):
    given = row.get(name)
    if not isinstance(given, str) or given not in choices.values:
        known = ", ".join(choices.values)
        raise Fault(_at_name(place, name), _("One of these is expected: %(known)s.") % {"known": known})
    return choices(given)


def _text(row, name, place, longest, *, is_required=False):
    given = row.get(name, "")
    if not isinstance(given, str):
        raise Fault(_at_name(place, name), _("Text is expected here."))
    text = clean_text(given)
    if is_required and not text:
        raise Fault(_at_name(place, name), _("This is empty."))
    if len(text) > longest:
        words = {"limit": longest, "length": len(text)}
        raise Fault(_at_name(place, name), _("At most %(limit)s characters; this has %(length)s.") % words)
    return text


def _at(row, name, place, kind):
    """A day or an instant in ISO 8601, as it stands there, or ""."""
    text = _text(row, name, place, 40)
    try:
        if text:
            kind.fromisoformat(text)
    except ValueError:
        raise Fault(_at_name(place, name), _("This is no date of the form 2026-03-31.")) from None
    return text


def _at_name(place, name):
    return f"{place}.{name}" if place else name


def _too_deep():
    return _("Causes are nested more than %(most)s deep.") % {"most": MOST_LEVELS}


def _pairs(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Fault("", _("A name stands twice in one object."))
    return found


def _no_constant(name):
    raise ValueError(name)
