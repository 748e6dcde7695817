"""Tickets about an item that was merged into another."""

from tickets.models import Ticket
from tickets.services import door


def follow_merged_item(event) -> None:
    """`now` handler of `item.merged`: open tickets about the item are about what it was merged into, and tell it.

    Closed ones move as well, without a word: whoever merges items moves whatever else refers to them.
    """
    gone, survivor = event.subject_id, event.data["into"]
    for ticket in Ticket.objects.filter(is_open=True, affected_items=gone).order_by("pk"):
        ticket = door.lock(ticket)
        before = sorted(ticket.affected_items.values_list("pk", flat=True))
        wanted = sorted({survivor, *before} - {gone})
        ticket.affected_items.set(wanted)
        told = {"before": door.snapshot(ticket), "affected_items": [before, wanted]}
        door.write(ticket, "ticket.edited", actor=event.actor, **told)
