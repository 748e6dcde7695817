"""Two texts compared: which lines differ, and inside a line which words, in Chinese which characters."""

import difflib
import re
from dataclasses import dataclass
from itertools import zip_longest

from knowledge.models import ArticleVersion

# A Han character is a word of its own; so is a run of other letters and digits, of blanks, and every mark.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|[^\w\s]")
# Lines that share less than this are two lines, not one that was changed.
_ALIKE = 0.4
# Longer lines are compared whole: finding their words costs the square of their length.
_LONGEST = 2_000
# Above so many words those that stand everywhere are not looked for one by one: a line of the same word takes no time.
_EXACT = 400


@dataclass(frozen=True)
class Part:
    """A piece of a changed line. `how` is added, removed or same."""

    how: str
    text: str


@dataclass(frozen=True)
class Translating:
    """What a translator works from: the current `source`, and its `parts` (name of a text, lines) that changed since
    the version `since`, which the last translation follows. `is_overtaken`: the draft itself follows an older one."""

    source: ArticleVersion
    since: ArticleVersion
    parts: list
    is_overtaken: bool


@dataclass(frozen=True)
class Line:
    """One line of a comparison. `how` is added, removed, changed (its `parts` say what), same or gap (left out)."""

    how: str
    text: str = ""
    parts: tuple[Part, ...] = ()


def source_of(version) -> ArticleVersion | None:
    """The current version that `version` is to translate; None for the first language and where there is none."""
    article = version.article
    if version.language == article.source_language:
        return None
    return article.versions.current().filter(language=article.source_language).first()


def translating(version) -> Translating | None:
    """What `version`, a draft, translates; None where it is no translation."""
    source = source_of(version)
    if source is None:
        return None
    own = version.article.versions.filter(language=version.language, number__lt=version.number)
    last = own.filter(translated_from__isnull=False).select_related("translated_from").order_by("-number").first()
    since = (last or version).translated_from or source
    names = ("title", "summary", "body")
    parts = [(name, difference(getattr(since, name), getattr(source, name))) for name in names]
    changed = [(name, lines) for name, lines in parts if lines]
    return Translating(source, since, changed, version.translated_from_id != source.pk)


def difference(before, after, *, around=3) -> list[Line]:
    """Two texts line by line, with `around` unchanged lines beside each change; empty when they are the same."""
    old, new = before.splitlines(), after.splitlines()
    lines = []
    for group in difflib.SequenceMatcher(None, old, new).get_grouped_opcodes(around):
        lines += [Line("gap")] if lines else []
        for how, a, b, c, d in group:
            lines += [Line("same", text) for text in old[a:b]] if how == "equal" else _changed(old[a:b], new[c:d])
    return lines


def _changed(old, new) -> list[Line]:
    """Lines that were replaced: beside each other where they are alike, else the old ones before the new ones."""
    pairs = list(zip_longest(old, new))
    parts = [words_of_change(a, b) if a and b else () for a, b in pairs]
    if not any(parts):
        return [Line("removed", text) for text in old] + [Line("added", text) for text in new]
    lines = []
    for (a, b), changed in zip(pairs, parts, strict=True):
        if changed:
            lines.append(Line("changed", b, changed))
            continue
        lines += [Line("removed", a)] if a is not None else []
        lines += [Line("added", b)] if b is not None else []
    return lines


def words_of_change(old, new) -> tuple[Part, ...]:
    """How one line became another, in pieces; empty when they have too little in common."""
    if max(len(old), len(new)) > _LONGEST:
        return ()
    a, b = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=len(b) > _EXACT)
    if matcher.ratio() < _ALIKE:
        return ()
    parts = []
    for how, i, j, k, m in matcher.get_opcodes():
        if how == "equal":
            parts.append(Part("same", "".join(a[i:j])))
            continue
        parts += [Part("removed", "".join(a[i:j]))] if j > i else []
        parts += [Part("added", "".join(b[k:m]))] if m > k else []
    return tuple(parts)
