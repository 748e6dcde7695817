"""What a review looks at: the records before and after, the incidents that came, the tickets around it."""

from typing import NamedTuple

from changes.models import CausedIncident
from cmdb.models import Baseline
from cmdb.selectors import baselines, history
from tickets.models import Ticket, TicketLink

SHOWN = 50


class Record(NamedTuple):
    """An affected item, its baseline from before the work, and what differs since, in words."""

    item: object
    baseline: Baseline
    differences: list


def records_of(change, user) -> list[Record]:
    """What changed in the record of each affected item since the work began."""
    taken = Baseline.objects.filter(name=change.number, item__tickets=change.pk).select_related("item__item_class")
    found = []
    for one in taken.order_by("item__slug")[:SHOWN]:
        now = baselines.content_of(one.item, is_whole=one.is_whole)
        told = history.differing(user, baselines.differences(one.content, now))
        found.append(Record(one.item, one, [difference for _item, difference in told]))
    return found


def causes_of(change, user) -> list[CausedIncident]:
    """Suspected incidents that the reader sees, the undecided ones first."""
    found = CausedIncident.objects.visible_to(user).filter(change=change)
    return list(found.select_related("incident", "item", "decided_by").order_by("decided_at", "pk")[:SHOWN])


def related_to(change, user) -> list[tuple]:
    """(word, ticket) of every linked ticket the reader sees."""
    out = TicketLink.objects.filter(source=change.pk).select_related("target")
    into = TicketLink.objects.filter(target=change.pk).select_related("source")
    pairs = [(link.get_kind_display(), link.target) for link in out[:SHOWN]]
    pairs += [(TicketLink.INVERSE[link.kind], link.source) for link in into[:SHOWN]]
    seen = Ticket.objects.visible_to(user).filter(pk__in=[other.pk for _word, other in pairs])
    visible = set(seen.values_list("pk", flat=True)) if pairs else set()
    return [(word, other) for word, other in pairs if other.pk in visible]
