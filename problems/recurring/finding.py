"""When incidents are a recurrence: so many that are alike within so many days, and more than usual there.

An incident is judged by what came before it, never by what came after. So looking at each as it comes, and looking at
all of them again later, finds the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from problems.recurring.words import likeness

# So many windows before the present one say what is usual.
USUAL_WINDOWS = 6
# Of the window, and again of what came before it, so many of the latest are read where words are compared; no more are
# told of one find.
COMPARED = 600


class Seen(NamedTuple):
    """An incident as it is compared; the items and words are frozen sets."""

    pk: int
    at: datetime
    service: int | None
    category: int | None
    items: frozenset
    words: frozenset


class Terms(NamedTuple):
    """What a rule asks for: `incidents` within `days`, words alike to `likeness` (0 to 1), and more than `factor`
    times as many as usual in as many days (0: however many are usual)."""

    basis: str
    incidents: int
    days: int
    likeness: float
    factor: float


@dataclass(frozen=True)
class Evidence:
    """`members` are keys, oldest first, the one judged last; of very many the latest. There are `count` of them, and
    `usual` are usual in as many days."""

    members: tuple
    count: int
    usual: float
    first_at: datetime
    last_at: datetime


def keys_of(seen, basis) -> list[tuple]:
    """What `seen` may recur on under a basis: each of its items, its service with its category, or its service."""
    if basis == "item":
        return [("item", item) for item in sorted(seen.items)]
    if basis == "category":
        return [("category", seen.service, seen.category)] if seen.service and seen.category else []
    return [("words", seen.service)] if seen.service and seen.words else []


def is_too_many(count, usual, terms) -> bool:
    """Whether `count` within the window, the one judged among them, are a recurrence where `usual` are usual."""
    return count >= terms.incidents and count > terms.factor * usual


def alike_within(about, read, begins, ends, terms):
    """(those of `read` that are like `about`, how many of them came between `begins` and `ends`).

    `read` are the latest that came then, newest first. Where they are so many that older ones were not read, they
    stand for those: as many again in every span as long as theirs.
    """
    alike = [one for one in read if is_alike(about, one, terms)]
    if len(read) < COMPARED:
        return alike, len(alike)
    covered = max(ends - read[-1].at, timedelta(seconds=1))
    return alike, len(alike) * ((ends - begins) / covered)


def is_alike(one, other, terms) -> bool:
    """Whether two incidents of one key are alike: by their words where the rule asks for those, else as they are."""
    return terms.basis != "words" or likeness(one.words, other.words) >= terms.likeness


def window_of(terms) -> timedelta:
    return timedelta(days=terms.days)


def looked_back(terms) -> timedelta:
    """How far before an incident anything matters to it: its window, and those that say what is usual."""
    return (USUAL_WINDOWS + 1) * window_of(terms)


def common_words(many) -> list[str]:
    """The words that more than half of `many` sets hold, those that most hold first."""
    counts = {}
    for words in many:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    kept = [word for word, count in counts.items() if 2 * count > len(many)]
    return sorted(kept, key=lambda word: (-counts[word], word))
