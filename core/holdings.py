"""What hangs on a person, told by the apps that keep it: `itsm/holdings.py` says who tells what."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Portion:
    """Things of one kind that a person holds, and how they go on without them.

    `things` are (label, path or ""), at most SHOWN of `count`. `proposed` is who would take them over. `rests` says
    what becomes of them where nobody is named; empty: somebody has to be named. `pass_on(to, actor=)` gives them to
    somebody, or to nobody (None); None: nothing is to be done, `rests` says why.
    """

    key: str
    label: str
    count: int
    things: list[tuple[str, str]]
    proposed: object = None
    rests: str = ""
    pass_on: Callable | None = field(default=None, compare=False)


SHOWN = 12


def portions_of(person) -> list[Portion]:
    """Everything that hangs on a person, in the order of the register; what is empty is left out."""
    tellers = import_string(f"{settings.ROOT_HOLDINGCONF}.HOLDINGS")
    return [portion for teller in tellers for portion in teller(person) if portion.count]


def portion(key, label, rows, *, called=str, path=None, **more) -> Portion:
    """A portion of `rows` (a list or a queryset); `called(row)` names one, `path(row)` is where it is kept."""
    rows = list(rows)
    things = [(called(row), path(row) if path else "") for row in rows[:SHOWN]]
    return Portion(key, label, len(rows), things, **more)
