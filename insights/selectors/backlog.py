"""What is open now: how much, how late, how old, and where it lies."""

from dataclasses import dataclass

from django.db.models import Count

from core import clock
from insights.rules import AGES
from insights.selectors import lists
from insights.selectors.population import aged
from tickets.models import Priority


@dataclass(frozen=True)
class Backlog:
    """Numbers of open tickets; `priorities` by level, `ages` by the key of the bucket."""

    open: int
    breached: int
    due: int
    unassigned: int
    priorities: dict
    ages: dict


@dataclass(frozen=True)
class Holder:
    """One team or service with its open tickets; `pk` is None for those that have none."""

    pk: int | None
    name_zh: str
    name_en: str
    count: int


def backlog(tickets) -> Backlog:
    """Everything about open tickets that fits into one pass over them."""
    now = clock.now()
    row = tickets.filter(lists.OPEN).aggregate(
        open=Count("pk"),
        breached=Count("pk", filter=lists.BREACHED),
        due=Count("pk", filter=lists.due_soon(now)),
        unassigned=Count("pk", filter=lists.UNASSIGNED),
        **{f"priority_{level}": Count("pk", filter=lists.Q(priority=level)) for level in Priority.values},
        **{f"age_{key}": Count("pk", filter=aged(key, now)) for key, _low, _high in AGES},
    )
    return Backlog(
        open=row["open"],
        breached=row["breached"],
        due=row["due"],
        unassigned=row["unassigned"],
        priorities={level: row[f"priority_{level}"] for level in Priority.values},
        ages={key: row[f"age_{key}"] for key, _low, _high in AGES},
    )


def backlog_by(tickets, what) -> list[Holder]:
    """Open tickets by `what` (team or service), the fullest first."""
    names = (f"{what}_id", f"{what}__name_zh", f"{what}__name_en")
    rows = tickets.filter(lists.OPEN).order_by().values_list(*names).annotate(count=Count("pk"))
    return [Holder(pk, zh or "", en or "", count) for pk, zh, en, count in rows.order_by("-count", f"{what}_id")]
