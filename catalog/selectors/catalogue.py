"""What a person finds in the catalogue."""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, Q

from catalog.models import RequestItem, ServiceCategory
from core import clock

POPULAR = 6
POPULAR_WITHIN = timedelta(days=90)
MOST_FOUND = 50


class Shelf(NamedTuple):
    """A category with what lies on it and, below it, its own shelves. Empty ones are left out."""

    category: ServiceCategory
    items: list[RequestItem]
    shelves: list


def offered_to(user):
    """Published items for this person: keepers of the catalogue see here what anybody of theirs would."""
    return RequestItem.objects.visible_to(user).published().select_related("category", "service")


def item_for(user, slug, *, is_open=False) -> RequestItem | None:
    """The item a person may ask for; with `is_open` also one that was taken out of the catalogue meanwhile."""
    items = RequestItem.objects.visible_to(user)
    if is_open:
        items = items | RequestItem.objects.once_open_to(user)
    found = items.select_related("category", "service__owner", "owner", "team", "current_form")
    return found.filter(slug=slug, current_form__isnull=False).first()


def shelves_for(user) -> list[Shelf]:
    """The whole catalogue as a tree, in two queries."""
    items, children = {}, {}
    for item in offered_to(user):
        items.setdefault(item.category_id, []).append(item)
    for category in ServiceCategory.objects.all():
        children.setdefault(category.parent_id, []).append(category)
    return _shelves(None, items, children)


def _shelves(parent, items, children) -> list[Shelf]:
    made = [
        Shelf(category, items.get(category.pk, []), _shelves(category.pk, items, children))
        for category in children.get(parent, ())
    ]
    return [shelf for shelf in made if shelf.items or shelf.shelves]


def popular_items(user) -> list[RequestItem]:
    """What was asked for most in the last 90 days."""
    lately = Q(requests__created_at__gte=clock.now() - POPULAR_WITHIN)
    counted = offered_to(user).annotate(asked=Count("requests", filter=lately, distinct=True))
    return list(counted.filter(asked__gt=0).order_by("-asked", "position", "slug")[:POPULAR])


def found_items(user, text) -> list[RequestItem]:
    """Items whose name, description, category or service holds every word."""
    found = offered_to(user)
    for word in text.split()[:5]:
        asked = Q()
        for name in ("name_zh", "name_en", "description_zh", "description_en"):
            asked |= Q(**{f"{name}__icontains": word})
        for name in ("category__name_zh", "category__name_en", "service__name_zh", "service__name_en"):
            asked |= Q(**{f"{name}__icontains": word})
        found = found.filter(asked)
    return list(found[:MOST_FOUND])
