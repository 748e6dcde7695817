"""What a record can lack, as conditions in the database: they agree with `ConfigurationItem.what_is_missing`."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q

from cmdb.models import Attribute, ItemClass, Relation
from cmdb.vocabulary import Lack


def conditions() -> dict[str, Q]:
    """{what is lacking: the items that lack it}; in two queries, since classes say which attributes they ask for."""
    lacking = {
        Lack.OWNER: Q(owner=None),
        Lack.TEAM: Q(support_team=None),
        Lack.ENVIRONMENT: Q(environment=""),
        Lack.REQUIRED: _attributes_missing("is_required"),
        Lack.RELATION: Q(standalone="") & ~Q(_related("source")) & ~Q(_related("target")),
    }
    anything = Q(pk__in=[])
    for condition in lacking.values():
        anything |= condition
    return lacking | {
        Lack.ANYTHING: anything,
        Lack.NOTHING: ~anything,
        Lack.RECOMMENDED: _attributes_missing("is_recommended"),
    }


def _related(end):
    return Exists(Relation.objects.filter(**{end: OuterRef("pk")}))


def _attributes_missing(flag) -> Q:
    """Items without a value of an attribute with this flag, of their class or one above it."""
    missing = Q(pk__in=[])
    for item_class, keys in _asked_keys(flag).items():
        missing |= Q(item_class=item_class) & ~Q(values__has_keys=keys)
    return missing


def _asked_keys(flag) -> dict[str, list[str]]:
    """{class: keys of the attributes with this flag that its items are asked for}."""
    keys, parents = defaultdict(list), dict(ItemClass.objects.values_list("slug", "parent__slug"))
    asked = Attribute.objects.filter(retired_at=None, **{flag: True})
    own = defaultdict(list)
    for item_class, key in asked.values_list("item_class__slug", "key"):
        own[item_class].append(key)
    for slug in parents:
        above, seen = slug, set()
        while above and above not in seen:
            seen.add(above)
            keys[slug] += own.get(above, [])
            above = parents.get(above)
    return {slug: found for slug, found in keys.items() if found}
