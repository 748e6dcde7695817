"""How changes went in a period, beside the period before it: success, emergencies, incidents they caused."""

from typing import NamedTuple

from django.db.models import Count, Q

from insights.selectors import lists
from insights.selectors.outcomes import Rate


class Changing(NamedTuple):
    """One period; `rates` are keyed like the definitions they are printed with."""

    rates: dict[str, Rate]


def changing(changes, incidents, period) -> tuple[Changing, Changing]:
    """The period and the one before it, in two queries however many tickets there are."""
    sides = {"now": period, "before": period.before}
    of_changes, of_incidents = {}, {}
    for side, span in sides.items():
        closed, begun = lists.within("closed_at", span), lists.within("change__actual_start", span)
        logged = lists.within("created_at", span)
        of_changes |= {
            f"{side}_well": Count("pk", filter=closed & lists.WELL),
            f"{side}_closed": Count("pk", filter=closed & lists.CLOSED_CHANGE),
            f"{side}_emergencies": Count("pk", filter=begun & lists.EMERGENCY),
            f"{side}_begun": Count("pk", filter=begun),
        }
        of_incidents |= {
            f"{side}_caused": Count("pk", filter=logged & lists.caused_by_changes()),
            f"{side}_logged": Count("pk", filter=logged),
        }
    since = period.before.start
    recent = Q(closed_at__gte=since) | Q(change__actual_start__gte=since)
    counted = changes.filter(recent).aggregate(**of_changes)
    counted |= incidents.filter(created_at__gte=since).aggregate(**of_incidents)
    return tuple(
        Changing(
            {
                "change_success": Rate(counted[f"{side}_well"], counted[f"{side}_closed"]),
                "emergencies": Rate(counted[f"{side}_emergencies"], counted[f"{side}_begun"]),
                "change_caused": Rate(counted[f"{side}_caused"], counted[f"{side}_logged"]),
            }
        )
        for side in sides
    )
