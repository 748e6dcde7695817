"""Figures that are shares: a part of a whole over a period, each defined, both numbers opening their list.

A module of figures has `FIGURES` {key: (label, definition, key of the part, key of the whole)}, `LABELS` {key of a
list: label} and `rows_of(key, user, days)`, the rows that a number counts for one reader, the newest first.
"""

from typing import NamedTuple

from django.http import Http404

PAGE = 50
# Days; the first is shown unless another is asked for.
PERIODS = (30, 90, 365)


class Figure(NamedTuple):
    """`part` and `whole` are keys of lists with how many each holds; `percent` is None where nothing was counted."""

    key: str
    label: str
    text: str
    part: tuple[str, int]
    whole: tuple[str, int]

    @property
    def percent(self) -> float | None:
        return 100 * self.part[1] / self.whole[1] if self.whole[1] else None


def figures_of(definitions, rows_of, user, days) -> list[Figure]:
    """Every figure of the last `days`, in two queries each."""
    return [
        Figure(key, label, text, *((name, rows_of(name, user, days).count()) for name in (part, whole)))
        for key, (label, text, part, whole) in definitions.items()
    ]


def days_in(request) -> int:
    """The period that an address asks for, one of PERIODS."""
    given = request.GET.get("days", "")
    return int(given) if given in map(str, PERIODS) else PERIODS[0]


def overview(request, figures) -> dict:
    """What the page of a module of figures shows."""
    days = days_in(request)
    found = figures_of(figures.FIGURES, figures.rows_of, request.user, days)
    return {"figures": found, "days": days, "periods": PERIODS}


def listed(request, figures, key) -> dict:
    """What the page of one number shows: exactly the tickets that it counts. Raises Http404."""
    if key not in figures.LABELS:
        raise Http404
    days, after = days_in(request), request.GET.get("after", "")
    found = figures.rows_of(key, request.user, days)
    if after.isascii() and after.isdecimal() and len(after) < 10:
        found = found.filter(pk__lt=int(after))
    several = list(found[: PAGE + 1])
    return {
        "tickets": several[:PAGE],
        "next": several[PAGE - 1].pk if len(several) > PAGE else 0,
        "is_first": not after,
        "label": figures.LABELS[key],
        "days": days,
    }
