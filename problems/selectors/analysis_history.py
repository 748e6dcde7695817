"""An analysis as it grew: who saved what, told cause by cause."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from problems.causes import State, parse
from problems.causes.comparing import What, differences

PAGE = 20
# Of one saving; an import or a rewritten fishbone would fill the page.
MOST_LINES = 40

_WORDS = {
    What.HEAD: gettext_lazy("What is to be explained: “%(was)s” became “%(now)s”"),
    What.TEXT: gettext_lazy("“%(was)s” became “%(now)s”"),
    What.STATE: gettext_lazy("“%(text)s”: %(was)s → %(now)s"),
    What.NOTE: gettext_lazy("The note of “%(text)s” was changed"),
    What.REMOVED: gettext_lazy("“%(text)s” was removed"),
    What.EVIDENCE_ADDED: gettext_lazy("“%(text)s”: evidence added, %(now)s"),
    What.EVIDENCE_REMOVED: gettext_lazy("“%(text)s”: evidence removed, %(was)s"),
    What.ACTION_ADDED: gettext_lazy("“%(text)s”: action added, %(now)s"),
    What.ACTION_CHANGED: gettext_lazy("“%(text)s”: action changed, %(now)s"),
    What.ACTION_REMOVED: gettext_lazy("“%(text)s”: action removed, %(was)s"),
}


@dataclass(frozen=True)
class Saving:
    """One version: `lines` say what it changed, `more` how many are left out; the first one changed nothing."""

    version: int
    by: object
    at: datetime
    lines: list
    more: int


def savings_of(analysis, *, before=None) -> tuple[list[Saving], int | None]:
    """The versions of an analysis, the newest first, and the version before which the next page begins, or None."""
    rows = analysis.versions.select_related("saved_by").order_by("-version")
    rows = list((rows.filter(version__lt=before) if before else rows)[: PAGE + 1])
    trees = [parse(row.document) for row in rows]
    found = []
    for n, row in enumerate(rows[:PAGE]):
        told = differences(trees[n + 1], trees[n]) if n + 1 < len(rows) else []
        lines = [_line(one) for one in told[:MOST_LINES]]
        found.append(Saving(row.version, row.saved_by, row.saved_at, lines, max(0, len(told) - MOST_LINES)))
    return found, rows[PAGE - 1].version if len(rows) > PAGE else None


def _line(one) -> str:
    said = {"text": one.text, "was": one.was, "now": one.now}
    if one.what == What.STATE:
        said |= {"was": State(one.was).label, "now": State(one.now).label}
    if one.what in (What.ADDED, What.MOVED):
        return _hung(one) % said
    return str(_WORDS[one.what]) % said


def _hung(one) -> str:
    if one.what == What.ADDED:
        return _("“%(text)s” was added below “%(now)s”") if one.now else _("“%(text)s” was added")
    return _("“%(text)s” was moved below “%(now)s”") if one.now else _("“%(text)s” was moved to the first level")
