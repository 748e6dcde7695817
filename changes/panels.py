"""What changes show on the pages of configuration items."""

from django.db.models import Count, Q
from django.template.loader import render_to_string

from changes.models import Change

SHOWN = 10


def changes_on_item(request, item) -> str:
    """The latest changes of an item, the open ones first: what was done to it, and what is about to be."""
    rows = Change.objects.visible_to(request.user).filter(Q(affected_items=item.pk) | Q(service=item.pk)).distinct()
    found = list(rows.order_by("-is_open", "-pk")[:SHOWN])
    return render_to_string("changes/_on_item.html", {"changes": found, "item": item}, request)


def open_changes_by_item(user, ids) -> dict[int, int]:
    """{item id: open changes that affect it}."""
    rows = Change.objects.visible_to(user).filter(is_open=True, affected_items__in=ids)
    return dict(rows.values_list("affected_items").annotate(n=Count("pk", distinct=True)))
