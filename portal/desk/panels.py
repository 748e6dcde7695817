"""What the desk shows on the pages of configuration items."""

from django.db.models import Count
from django.template.loader import render_to_string

from tickets.models import Ticket

SHOWN = 10


def tickets_on_item(request, item) -> str:
    """The open tickets about an item, or about the service it is."""
    rows = Ticket.objects.visible_to(request.user).filter(is_open=True)
    rows = rows.filter(service=item.pk) if item.item_class.family == "service" else rows.filter(affected_items=item.pk)
    found = list(rows.order_by("priority", "-pk")[: SHOWN + 1])
    return render_to_string(
        "desk/_item_tickets.html", {"tickets": found[:SHOWN], "has_more": len(found) > SHOWN, "item": item}, request
    )


def open_tickets_by_item(user, ids) -> dict[int, int]:
    """{item id: open tickets that name it, as an affected item or as their service}."""
    opened = Ticket.objects.visible_to(user).filter(is_open=True)
    rows = opened.filter(affected_items__in=ids).values_list("affected_items").annotate(n=Count("pk", distinct=True))
    counts = dict(rows)
    for service, number in opened.filter(service__in=ids).values_list("service").annotate(n=Count("pk")):
        counts[service] = counts.get(service, 0) + number
    return counts
