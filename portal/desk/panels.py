"""What the desk shows on the pages of configuration items and of articles."""

from datetime import UTC, datetime, time

from django.db.models import Count
from django.template.loader import render_to_string

from knowledge.selectors import usage
from tickets.models import Ticket, TicketArticle

SHOWN, LINKED = 10, 500


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


def tickets_of_article(request, article) -> str:
    """The tickets that an article was linked to in the period of the page, the latest first."""
    _days, since, _today = usage.period(request.GET.get("days", ""))
    rows = _linked(request.user, [article.pk], since)
    context = {"links": rows.select_related("ticket").order_by("-pk")[:LINKED], "count": rows.count(), "most": LINKED}
    return render_to_string("desk/_article_tickets.html", context, request)


def tickets_by_article(user, ids, *, since) -> dict[int, int]:
    """{article id: tickets it was linked to from the day `since` (UTC) on}."""
    return dict(_linked(user, ids, since).order_by().values_list("article").annotate(n=Count("pk")))


def _linked(user, articles, since):
    start = datetime.combine(since, time(), UTC)
    rows = TicketArticle.objects.filter(article__in=articles, created_at__gte=start)
    return rows.filter(ticket__in=Ticket.objects.visible_to(user))
