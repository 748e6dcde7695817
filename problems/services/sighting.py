"""What is remembered of each incident, so that looking for recurrences reads no texts."""

from datetime import timedelta

from django.db.models import Max
from django.db.models.functions import Left

from core import clock
from incidents.models import Incident
from problems.models import RecurrenceRule, Sighting
from problems.recurring.finding import USUAL_WINDOWS
from problems.recurring.words import BEGINNING, words_of
from problems.selectors.gaps import LOOKED_BACK
from tickets.models import Ticket

BATCH = 500
FIELDS = ("organisation", "service", "category", "items", "words", "at")
_READ = ("pk", "title", "beginning", "organisation_id", "service_id", "category_id", "created_at")


def remember(pk) -> Sighting | None:
    """Read an incident anew; None when it does not count (it was cancelled, or hangs under another)."""
    made = _made(_counting().filter(pk=pk))
    if not made:
        Sighting.objects.filter(pk=pk).delete()
        return None
    _keep(made)
    return made[0]


def remember_all(since, *, anew=False) -> int:
    """Read every incident since `since` that is not remembered yet, or all of them `anew`; returns how many.

    For what was imported, or words that are cut differently now. A batch at a time.
    """
    rows = _counting().filter(created_at__gte=since)
    if not anew:
        rows = rows.filter(sighting=None)
    done, after = 0, 0
    while made := _made(rows.filter(pk__gt=after).order_by("pk")[:BATCH]):
        _keep(made)
        done, after = done + len(made), made[-1].pk
    return done


def remember_past(_event=None) -> int:
    """Read what nobody looked at as it came: after an import (a `later` handler) and when the demo is made."""
    return remember_all(clock.recorded_now() - remembered())


def forget_before(now) -> int:
    """Drop what nobody looks back at any more; returns how many."""
    gone, _by_model = Sighting.objects.filter(at__lt=now - remembered()).delete()
    return gone


def remembered() -> timedelta:
    """How far back anybody looks: the rules, all windows of the longest one and one more, and the page of gaps."""
    longest = RecurrenceRule.objects.filter(is_active=True).aggregate(days=Max("days"))["days"] or 0
    return max(timedelta(days=longest * (USUAL_WINDOWS + 2)), LOOKED_BACK)


def _counting():
    rows = Incident.objects.order_by().filter(parent=None).exclude(state="cancelled")
    return rows.annotate(beginning=Left("description", BEGINNING))


def _made(incidents):
    rows = list(incidents.values_list(*_READ, "service__name_zh", "service__name_en", named=True))
    through = Ticket.affected_items.through.objects.filter(ticket__in=[row.pk for row in rows])
    items = {}
    for ticket, item, *names in through.values_list(
        "ticket", "configurationitem", "configurationitem__name_zh", "configurationitem__name_en"
    ).order_by("configurationitem"):
        items.setdefault(ticket, []).append((item, names))
    return [_sighting(row, items.get(row.pk, [])) for row in rows]


def _sighting(row, items):
    known = [row.service__name_zh, row.service__name_en, *(name for _item, names in items for name in names)]
    return Sighting(
        pk=row.pk, organisation_id=row.organisation_id, service_id=row.service_id, category_id=row.category_id,
        items=[item for item, _names in items], at=row.created_at,
        words=words_of(row.title, row.beginning, known=" ".join(filter(None, known))),
    )  # fmt: skip


def _keep(made):
    Sighting.objects.bulk_create(made, update_conflicts=True, unique_fields=["incident"], update_fields=FIELDS)
