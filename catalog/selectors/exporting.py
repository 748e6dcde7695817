"""The whole catalogue as plain data, for a file that people read, keep and bring back."""

from catalog.models import RequestItem, ServiceCategory

FORMAT = 1
TEXTS = ("description", "in_scope", "out_of_scope")


def catalogue_as_data() -> dict:
    """Categories from the top down, items with their form in force, route and tasks; people and teams by short name."""
    categories = list(ServiceCategory.objects.select_related("parent"))
    items = RequestItem.objects.select_related("category", "service", "owner", "team", "current_form")
    items = items.prefetch_related("organisations", "departments__organisation")
    return {
        "format": FORMAT,
        "categories": [_category(one) for one in _from_the_top(categories)],
        "items": [item_as_data(one) for one in items],
    }


def _from_the_top(categories):
    known, ordered, waiting = set(), [], categories
    while ready := [one for one in waiting if one.parent_id is None or one.parent_id in known]:
        known |= {one.pk for one in ready}
        ordered += ready
        waiting = [one for one in waiting if one.pk not in known]
    return ordered


def _both(row, name) -> dict:
    return {code: text for code in ("zh", "en") if (text := getattr(row, f"{name}_{code}"))}


def _category(one) -> dict:
    data = {"slug": one.slug, "name": _both(one, "name"), "icon": one.icon, "position": one.position}
    return data | ({"parent": one.parent.slug} if one.parent else {})


def item_as_data(one) -> dict:
    data = {
        "slug": one.slug,
        "name": _both(one, "name"),
        "category": one.category.slug,
        "service": one.service.slug,
        "owner": one.owner.username,
        "team": one.team.slug,
        "icon": one.icon,
        "priority": one.priority,
        "position": one.position,
        "is_active": one.is_active,
        "route": one.route,
        "tasks": one.tasks,
        "form": one.current_form.definition if one.current_form else {"fields": []},
    }
    data |= {name: both for name in TEXTS if (both := _both(one, name))}
    if one.price is not None:
        data |= {"price": str(one.price), "currency": one.currency}
    if one.is_cost_centre_required:
        data["is_cost_centre_required"] = True
    if organisations := sorted(row.slug for row in one.organisations.all()):
        data["organisations"] = organisations
    if departments := sorted(f"{row.organisation.slug}/{row.slug}" for row in one.departments.all()):
        data["departments"] = departments
    return data
