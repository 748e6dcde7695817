"""What only one item may have: its short name, its name among its likes, the value of a unique attribute.

Attribute values stand in JSON, where the database can promise nothing. So whoever writes one holds it until the end of
their transaction: of two who write the same at the same instant the second waits, looks, and is refused.
"""

from django.db import connection
from django.utils.translation import gettext as _

from cmdb.attributes import IDENTIFYING
from cmdb.models import ConfigurationItem
from core.rows import array


def hold(names) -> None:
    """Hold these names until the transaction ends; in one order, so that two never wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(held.key) FROM (SELECT DISTINCT hashtextextended(name, 0) AS key "
            "FROM unnest(%s::text[]) AS name ORDER BY key) AS held",
            [array([f"item:{name}" for name in names])],
        )


def slug_taken(slug) -> bool:
    """Whether there is an item with this short name; nobody else can make one until the transaction ends."""
    hold([f"slug={slug}"])
    return ConfigurationItem.objects.filter(slug=slug).exists()


def taken(item, unique) -> dict:
    """Problems by field: a name that an item of the same class and customer has, a value of the attributes `unique`
    that another item has."""
    names = {name: getattr(item, name) for name in ("name_zh", "name_en") if getattr(item, name)}
    values = {one: item.values[one.key] for one in unique if item.values.get(one.key) is not None}
    scope = f"{item.item_class_id}/{item.organisation_id}"
    hold([*(f"{scope}/{name}={text}" for name, text in names.items()),
          *(f"{one.key}={value}" for one, value in values.items())])  # fmt: skip
    others = ConfigurationItem.objects.exclude(pk=item.pk)
    peers = others.filter(item_class=item.item_class, organisation=item.organisation_id)
    problems = {
        name: [_("Another item of this class has this name.")]
        for name, text in names.items() if peers.filter(**{name: text}).exists()
    }  # fmt: skip
    return problems | {
        f"value_{one.key}": [_("Another item has this value already.")]
        for one, value in values.items() if _holders(others, one, value).exists()
    }  # fmt: skip


def _holders(items, attribute, value):
    """Those with this value; what identifies is found by its index first."""
    found = items.filter(values__contains={attribute.key: value})
    return found.filter(findable__icontains=str(value)) if attribute.kind in IDENTIFYING else found
