"""Items that a file makes itself, named by others of its lines before they exist.

Among the other ends of a relation such an item stands as minus the number of its line until it has a key.
"""

from collections import defaultdict

from cmdb import targets
from core.text import clean_text


class Coming:
    """What the lines of a file could make, by what others may call it. `relied_on` are the lines that were named."""

    def __init__(self, ways=()):
        self._ways, self.relied_on = ways, set()

    def meant(self, way, words) -> dict:
        """{word: lines that make something called so}; `way` counts as `ways_of` does."""
        known = self._ways[way] if self._ways else {}
        return {word: {-number for number in known[word]} for word in words if known.get(word)}

    def without(self, numbers):
        """The same but for lines that turned out to make nothing."""
        return Coming([{word: some - numbers for word, some in way.items()} for way in self._ways])


def coming_in(read, columns, unique) -> Coming:
    """What a file brings, if a column names relations; `read` as for `plan`, `unique` are keys of attributes."""
    if not any(map(targets.is_relation, columns.values())):
        return Coming()
    ways = [defaultdict(set) for _way in ways_of(unique)]
    for number, cells, _raw in read():
        for found, columns_of_way in zip(ways, ways_of(unique), strict=True):
            for target in columns_of_way:
                if word := clean_text(cells.get(target, "")):
                    found[word].add(number)
    return Coming(ways)


def ways_of(unique) -> list[list[str]]:
    """The targets by which one may name an item, the surest first: short name, what is unique, name."""
    return [["slug"], [f"value_{key}" for key in unique], ["name_en", "name_zh"]]


def waits(line) -> bool:
    """Whether a line names what is not made yet."""
    return any(end < 0 for ends in _ends_in(line) for end in ends)


def settle(lines, made) -> list:
    """Put the keys of what was made ({number of its line: key}) into lines; returns those that it changed."""
    changed = [line for line in lines if waits(line)]
    for line in changed:
        for ends in _ends_in(line):
            ends[:] = sorted({made[-end] if end < 0 else end for end in ends})
    return changed


def _ends_in(line):
    """The lists of other ends that a line writes or keeps as said, to be changed in place."""
    pairs = [*line.diff.items(), *line.kept.items()]
    pairs += [said for side in ("after", "people") for said in (line.claims.get(side) or {}).items()]
    for target, pair in pairs:
        if targets.is_relation(target):
            yield from (ends for ends in pair if isinstance(ends, list))
