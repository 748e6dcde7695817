"""Which clause of one version is which of another: by what it says, not by where it stands. Pure."""

from difflib import SequenceMatcher
from itertools import zip_longest


def aligned(before, after) -> list[tuple[str | None, str | None, bool]]:
    """[(row before, row after, whether it moved)]; None where a clause was added or taken out.

    `before` and `after` are {"section/place": content} in the order they are read. A clause that says the same is the
    same one, wherever it went; of what is left of a section the first stands for the first, and so on. Who only made
    room for others has not moved.
    """
    same = _saying_the_same(before, after)
    moved = _out_of_order(same, before, after)
    pairs = [(old, new, old in moved) for old, new in same.items()]
    gone = _by_section(row for row in before if row not in same)
    come = _by_section(row for row in after if row not in same.values())
    for section in dict.fromkeys([*gone, *come]):
        pairs += [(old, new, False) for old, new in zip_longest(gone.get(section, []), come.get(section, []))]
    return pairs


def _saying_the_same(before, after) -> dict[str, str]:
    """{row before: row after} of equal content; where several say the same, those that stayed in place first."""
    same = {row: row for row, content in before.items() if after.get(row) == content}
    free = [row for row in after if row not in same]
    for old, content in before.items():
        new = None if old in same else next((row for row in free if after[row] == content), None)
        if new is not None:
            same[old] = new
            free.remove(new)
    return same


def _out_of_order(same, before, after) -> set[str]:
    """Rows before that now stand in another section, or on the other side of a clause that stayed."""
    origin = {new: old for old, new in same.items()}
    old, new = [row for row in before if row in same], [origin[row] for row in after if row in origin]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    stayed = {row for block in blocks for row in old[block.a : block.a + block.size]}
    return {row for row in old if row not in stayed or _section(row) != _section(same[row])}


def _by_section(rows) -> dict[str, list[str]]:
    found = {}
    for row in rows:
        found.setdefault(_section(row), []).append(row)
    return found


def _section(row) -> str:
    return row.partition("/")[0]
