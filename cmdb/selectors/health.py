"""How well the records are kept, class by class. Every figure counts what a list shows, for the same reader."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode

from cmdb.models import ConfigurationItem, Duplicate, ItemClass
from cmdb.selectors import completeness
from cmdb.vocabulary import Lack, Trust

FRESH = Trust.VERIFIED


@dataclass
class Figure:
    """A number, and the address of the list that holds exactly as many."""

    count: int
    url: str


@dataclass
class Row:
    """The figures of one class; of all classes where `item_class` is None. Shares are percent, None of nothing."""

    item_class: ItemClass | None
    items: Figure
    lacks: dict[str, Figure] = field(default_factory=dict)
    trust: dict[str, Figure] = field(default_factory=dict)

    @property
    def complete(self) -> int | None:
        return self._share(self.lacks[Lack.NOTHING])

    @property
    def fresh(self) -> int | None:
        return self._share(self.trust[FRESH])

    def _share(self, figure):
        # floor: a hundred percent is said of nothing less
        return figure.count * 100 // self.items.count if self.items.count else None


def board(user) -> tuple[Row, list[Row]]:
    """(all classes together, each class that has items) of the items in use that the reader sees; one statement."""
    counts = {f"lacks_{name}": Count("pk", filter=Q(**{f"is_{name}": True})) for name in Lack.values}
    counts |= {f"trust_{name}": Count("pk", filter=Q(trusted=name)) for name in Trust.values}
    items = ConfigurationItem.objects.visible_to(user).in_use().with_trust()
    items = items.annotate(**{f"is_{name}": condition for name, condition in completeness.conditions().items()})
    found = {row["item_class"]: row for row in items.order_by().values("item_class").annotate(n=Count("pk"), **counts)}
    rows = [_row(one, found[one.slug]) for one in ItemClass.objects.filter(slug__in=found)]
    total = {name: sum(row[name] for row in found.values()) for name in ("n", *counts)}
    return _row(None, total), rows


def possible_duplicates(user) -> Figure:
    return Figure(Duplicate.objects.visible_to(user).open().count(), reverse("cmdb:duplicates"))


def _row(item_class, counted) -> Row:
    asked = {"class": item_class.slug, "exactly": "on"} if item_class else {}
    return Row(
        item_class,
        Figure(counted["n"], _list(asked)),
        {name: Figure(counted[f"lacks_{name}"], _list(asked | {"lacks": name})) for name in Lack.values},
        {name: Figure(counted[f"trust_{name}"], _list(asked | {"trust": name})) for name in Trust.values},
    )


def _list(asked):
    return f"{reverse('cmdb:items')}?{urlencode(asked)}".removesuffix("?")
