"""When incidents are a recurrence: so many that are alike within so many days, and more than usual there.

An incident is judged by what came before it, never by what came after. So looking at each as it comes, and looking at
all of them again later, finds the same.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from problems.recurring.words import likeness

# So many windows before the present one say what is usual.
USUAL_WINDOWS = 6
# Of one service or item, so many of the latest are compared.
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
    """`members` are keys, oldest first, the one judged last; `usual` is how many are usual in as many days."""

    members: tuple
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


def evidence(about, earlier, terms) -> Evidence | None:
    """What makes `about` one of a recurrence, or None. `earlier` came before it on the same key, oldest first."""
    earlier = [one for one in earlier[-COMPARED:] if is_alike(about, one, terms)]
    window = timedelta(days=terms.days)
    begins = bisect_left(earlier, about.at - window, key=lambda one: one.at)
    members = [*earlier[begins:], about]
    if len(members) < terms.incidents:
        return None
    since = about.at - (USUAL_WINDOWS + 1) * window
    usual = (begins - bisect_left(earlier, since, key=lambda one: one.at)) / USUAL_WINDOWS
    if len(members) <= terms.factor * usual:
        return None
    return Evidence(tuple(one.pk for one in members), usual, members[0].at, about.at)


def is_alike(one, other, terms) -> bool:
    """Whether two incidents of one key are alike: by their words where the rule asks for those, else as they are."""
    return terms.basis != "words" or likeness(one.words, other.words) >= terms.likeness


def looked_back(terms) -> timedelta:
    """How far before an incident anything matters to it."""
    return (USUAL_WINDOWS + 1) * timedelta(days=terms.days)


def common_words(many) -> list[str]:
    """The words that more than half of `many` sets hold, those that most hold first."""
    counts = {}
    for words in many:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    kept = [word for word, count in counts.items() if 2 * count > len(many)]
    return sorted(kept, key=lambda word: (-counts[word], word))
