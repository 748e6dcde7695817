"""A tree as Markdown: a nested outline that reads well in a mail or an article."""

import re

from django.utils.translation import gettext as _

from problems.causes.tree import EvidenceKind, Method, State, Tree

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def markdown(tree: Tree) -> str:
    """Headed by the method and the problem; each cause with its state, note, evidence and actions below it."""
    lines = [f"# {Method(tree.method).label}: {_plain(tree.head)}", ""]
    for depth, node in tree.walk():
        indent = "  " * depth
        state = "" if tree.is_category(depth) else f" ({State(node.state).label})"
        words = f"~~{_plain(node.text)}~~" if node.state == State.RULED_OUT else _plain(node.text)
        lines.append(f"{indent}- {f'**{words}**' if node.state == State.CONFIRMED else words}{state}")
        lines += [f"{indent}  - {text}" for text in _below(node)]
    return "\n".join(lines) + "\n"


def _below(node):
    if node.note:
        yield f"{_('Note')}: {_plain(node.note)}"
    for one in node.evidence:
        said = ": ".join(_plain(part) for part in (one.ref, one.text) if part)
        yield f"{EvidenceKind(one.kind).label}: {said}"
    for one in node.actions:
        who = ", ".join(part for part in (_plain(one.owner), one.due) if part)
        yield f"{_('Action')}: {_plain(one.text)}{f' ({who})' if who else ''}"


def _plain(text):
    """Text that means nothing to Markdown, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
