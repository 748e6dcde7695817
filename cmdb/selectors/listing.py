"""Lists of items, and what one item's page says."""

from operator import attrgetter
from typing import NamedTuple

from cmdb.models import Attribute, ConfigurationItem, ItemClass, Relation, Service
from cmdb.selectors import completeness, impact
from cmdb.workflow import OVER

PAGE = 50
# As many services are named of those that fail with something; the others are counted.
NAMED = 20


class Page(NamedTuple):
    rows: list
    next: str
    is_first: bool


class Failing(NamedTuple):
    """The most critical of the services that fail, and how many there are beside them."""

    services: list
    more: int


class Line(NamedTuple):
    """One relation as read from an item: the words, the other end, and the group it belongs to."""

    relation: Relation
    words: str
    other: ConfigurationItem


def filtered(user, asked):
    """Visible items by class (with those below it unless `exactly`), state, trust, what they lack, environment, team,
    location and words."""
    rows = ConfigurationItem.objects.visible_to(user).with_trust()
    if asked.get("class"):
        rows = rows.filter(item_class__in=[asked["class"]] if asked.get("exactly") else ItemClass.below(asked["class"]))
    if asked.get("lacks"):
        rows = rows.filter(completeness.conditions()[asked["lacks"]])
    plain = {"environment": "environment", "team": "support_team", "location": "location", "trust": "trusted"}
    rows = rows.filter(**{column: asked[name] for name, column in plain.items() if asked.get(name)})
    rows = rows.filter(state=asked["state"]) if asked.get("state") else rows.exclude(state__in=OVER)
    for word in (asked.get("q") or "").split()[:6]:
        rows = rows.found(word)
    return rows


def page_of(rows, after="") -> Page:
    """The page of short names after `after`; never an offset, never a count."""
    found = rows.filter(slug__gt=after) if after else rows
    found = found.select_related("item_class", "owner", "support_team", "location").order_by("slug")
    found = list(found[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].slug if len(found) > PAGE else "", not after)


def relations_of(user, item, *, after=0, limit=PAGE) -> Page:
    """A page of the relations of an item, both ways, in words, the oldest first; only to items that the reader sees."""
    related = ("relation_type", "group", "source__item_class", "target__item_class")
    visible = Relation.objects.visible_to(user).filter(pk__gt=after).select_related(*related).order_by("pk")
    # each way by its own index
    ways = [list(visible.filter(**{end: item.pk})[: limit + 1]) for end in ("source", "target")]
    found = sorted([*ways[0], *ways[1]], key=attrgetter("pk"))
    lines = [
        Line(one, one.relation_type.name, one.target)
        if one.source_id == item.pk
        else Line(one, one.relation_type.reverse, one.source)
        for one in found[:limit]
    ]
    return Page(lines, str(found[limit - 1].pk) if len(found) > limit else "", not after)


def services_failing(user, items) -> Failing:
    """The services that fail when these items fail, the most critical first; no query where there are no items."""
    if not items:
        return Failing([], 0)
    reached = impact.failing([item.pk for item in items])
    found = Service.objects.visible_to(user).filter(pk__in=list(reached), is_active=True)
    found = list(found.order_by("criticality", "position"))
    return Failing(found[:NAMED], max(0, len(found) - NAMED))


def facts_of(item) -> tuple[list, list]:
    """((attribute, value in words) that are asked for, (name, value) of former ones) of an item."""
    asked, former = [], []
    every = item.item_class.all_attributes()
    for one in every:
        value = item.values.get(one.key)
        if one.retired_at is None:
            asked.append((one, _words(one, value)))
        elif value is not None:
            former.append((one.name, _words(one, value)))
    known = {one.key for one in every}
    former += [(key, value) for key, value in item.values.items() if key not in known]
    return asked, former


def values_of(items) -> dict[int, list]:
    """{item id: [(attribute, value in words)]} of what is filled in, for a list; one query for all items."""
    asked = {one.key: one for one in Attribute.objects.filter(retired_at=None)}
    return {
        item.pk: [(asked[key].name, _words(asked[key], value)) for key, value in item.values.items() if key in asked]
        for item in items
    }


def _words(attribute, value):
    if value is None:
        return ""
    if attribute.kind == "boolean":
        return value
    text = attribute.word_for(value) if attribute.kind == "choice" else str(value)
    return f"{text} {attribute.unit}".strip()
