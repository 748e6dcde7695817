"""What only one item may have: its short name, its name among its likes, the value of a unique attribute.

Attribute values stand in JSON, where the database can promise nothing. So all who write ask here, and two who write the
same at the same instant meet here:

- People `hold` each value until their transaction ends: the second waits, looks, and is refused. All of them are in the
  room meanwhile, that is, they share one lock.
- An import writes for minutes, and more values than there is room for in the table of locks. It holds nothing; when all
  is written it closes the room (`look_again`): it waits until whoever is inside has left, lets nobody in until it has
  committed, and looks at the few items that others wrote since it began. If one of them has by now what the import
  wrote, all of that is taken back.

People thus wait for the last look of an import, not for the import.
"""

from collections import defaultdict
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from cmdb import targets
from cmdb.models import ConfigurationItem, ImportLine
from cmdb.selectors.holding import holders
from core.rows import array

NAMES = ("name_zh", "name_en")
AT_ONCE = 2000
_ROOM = 0x1736
# Every row says which transaction wrote it; `age` compares these numbers where they have wrapped around as well.
_WRITTEN_BY_OTHERS = """
    SELECT id FROM cmdb_configurationitem
     WHERE age(xmin) <= age(%s::text::xid8::xid) AND xmin <> pg_current_xact_id()::xid
"""


class Overtaken(Exception):
    """Somebody gave away a name or number while an import wrote the same."""


class Wanted(NamedTuple):
    """A value that only one item may have: of a name, an attribute or the short name, and among whom."""

    target: str
    within: str
    value: object

    @property
    def problem(self) -> str:
        """What to say where another item has it."""
        if self.target == "slug":
            return _("There is an item with this short name already.")
        if self.target in NAMES:
            return _("Another item of this class has this name.")
        return _("Another item has this value already.")


def wanted(item_class, organisation, told, attributes) -> list[Wanted]:
    """What an item of a class and customer (by their keys) wants to itself of {target: value}.

    `attributes` are those of its class by key.
    """
    unique = {f"value_{key}" for key, one in attributes.items() if one.is_unique}
    scopes = dict.fromkeys(NAMES, f"{item_class}/{organisation}") | dict.fromkeys(("slug", *unique), "")
    return [
        Wanted(target, scopes[target], value)
        for target, value in told.items()
        if target in scopes and value not in (None, "")
    ]


def wanted_by(item, told, attributes_of) -> list[Wanted]:
    """What a known item wants to itself of {target: value}; `attributes_of(class)` gives attributes by key."""
    return wanted(item.item_class_id, item.organisation_id, told, attributes_of(item.item_class_id))


def taken_by(wants) -> dict:
    """{what is wanted: keys of the items that have it}. What a merged record has is its survivor's."""
    words, found = defaultdict(set), defaultdict(set)
    for want in wants:
        words[want.target].add(want.value)
    for target, values in words.items():
        if target in NAMES:
            named = ConfigurationItem.objects.filter(**{f"{target}__in": values})
            for value, item_class, owner, pk in named.values_list(target, "item_class_id", "organisation_id", "pk"):
                found[Wanted(target, f"{item_class}/{owner}", value)].add(pk)
        else:
            for value, pk in holders(target, list(values)):
                found[Wanted(target, "", value)].add(pk)
    merged = ConfigurationItem.objects.filter(pk__in={pk for keys in found.values() for pk in keys})
    survivors = dict(merged.exclude(merged_into=None).values_list("pk", "merged_into"))
    return defaultdict(set, {want: {survivors.get(pk, pk) for pk in keys} for want, keys in found.items()})


def slug_taken(slug) -> bool:
    """Whether there is an item with this short name; nobody else can make one until the transaction ends."""
    want = Wanted("slug", "", slug)
    _hold([want])
    return bool(taken_by([want])[want])


def taken(item, unique) -> dict:
    """Problems by field of what somebody writes: a name that an item of the same class and customer has, a value of the
    attributes `unique` that another item has. What is free stays so for them until the transaction ends."""
    wants = _all_of(item, {one.key: one for one in unique})
    _hold(wants)
    having = taken_by(wants)
    return {want.target: [want.problem] for want in wants if having[want] - {item.pk}}


def begin() -> str:
    """A mark of this instant, for `look_again`: the oldest transaction that may still write something."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        return cursor.fetchone()[0]


def look_again(run, since, attributes_of) -> None:
    """The last thing before the transaction of an import, or of its undoing, commits. Raises Overtaken.

    `since` is the mark that was made before the first look.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_ROOM])
        cursor.execute(_WRITTEN_BY_OTHERS, [since])
        others = [pk for (pk,) in cursor.fetchall()]
    for start in range(0, len(others), AT_ONCE):
        items = ConfigurationItem.objects.filter(pk__in=others[start : start + AT_ONCE], merged_into=None)
        asked = [(item.pk, want) for item in items for want in _all_of(item, attributes_of(item.item_class_id))]
        having = taken_by([want for _pk, want in asked])
        doubled = {pk for own, want in asked for pk in having[want] - {own}}
        if ImportLine.objects.filter(run=run, item__in=doubled).exists():
            raise Overtaken


def _all_of(item, attributes) -> list[Wanted]:
    """All that an item has to itself but its short name, which the database watches over."""
    told = {target: targets.held(item, target) for target in (*NAMES, *(f"value_{key}" for key in attributes))}
    return wanted(item.item_class_id, item.organisation_id, told, attributes)


def _hold(wants) -> None:
    """Enter the room and hold these values; in one order, so that two never wait for each other."""
    names = [f"item:{want.target}:{want.within}={want.value}" for want in wants]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, 0)", [_ROOM])
        cursor.execute(
            "SELECT pg_advisory_xact_lock(held.key) FROM (SELECT DISTINCT hashtextextended(name, 0) AS key "
            "FROM unnest(%s::text[]) AS name ORDER BY key) AS held",
            [array(names)],
        )
