"""What changes show on the pages of configuration items."""

from django.db.models import Count, Q
from django.template.loader import render_to_string

from changes.models import Change
from changes.selectors.windows import bounds_of
from cmdb.models import ConfigurationItem
from cmdb.selectors import importing

SHOWN = 10


def changes_on_item(request, item) -> str:
    """The latest changes of an item, the open ones first: what was done to it, and what is about to be."""
    rows = Change.objects.visible_to(request.user).filter(Q(affected_items=item.pk) | Q(service=item.pk)).distinct()
    found = list(rows.order_by("-is_open", "-pk")[:SHOWN])
    return render_to_string("changes/_on_item.html", {"changes": found, "item": item}, request)


def drift_on_item(request, item) -> str:
    """What imports and agents found other than recorded, each with a change to open about it; mostly nothing."""
    if not request.user.is_staff_member or not (found := importing.drift_on(request.user, item)):
        return ""
    return render_to_string("changes/_drift_on_item.html", {"found": found, "item": item}, request)


def windows_on_item(request, item) -> str:
    """When work may be done on an item, and by whose windows; nothing where none is agreed on."""
    bounds = next(iter(bounds_of([item.pk]).values()), [])
    owners = [bound.owner.pk for bound in bounds if isinstance(bound.owner, ConfigurationItem)]
    seen = set(ConfigurationItem.objects.visible_to(request.user).filter(pk__in=owners).values_list("pk", flat=True))
    shown = [one for one in bounds if not isinstance(one.owner, ConfigurationItem) or one.owner.pk in seen]
    return render_to_string("changes/calendar/_on_item.html", {"bounds": shown, "item": item}, request) if shown else ""


def open_changes_by_item(user, ids) -> dict[int, int]:
    """{item id: open changes that affect it}."""
    rows = Change.objects.visible_to(user).filter(is_open=True, affected_items__in=ids)
    return dict(rows.values_list("affected_items").annotate(n=Count("pk", distinct=True)))
