"""Records that may be of the same thing, and two records side by side."""

from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from cmdb import targets
from cmdb.likeness import ADDRESS, NAME
from cmdb.models import Attribute, Duplicate
from cmdb.selectors.history import Words
from cmdb.targets import FACTS

FEW = 5
RELATED = ("item_class", "owner", "support_team", "organisation", "location")


class Difference(NamedTuple):
    """What two records say differently, in words. `is_taken`: the gone one's value is the sensible choice."""

    name: str
    label: str
    kept: str
    other: str
    is_taken: bool


def proposed(user):
    """Open proposals of which the reader sees both items, the oldest first."""
    ends = [f"{end}__{name}" for end in ("first", "second") for name in RELATED]
    return Duplicate.objects.visible_to(user).open().select_related("first", "second", *ends).order_by("pk")


def about(user, item):
    """Open proposals that name this item; more than a few tell no more than these."""
    return naming(proposed(user), item.pk)[:FEW]


def naming(rows, pk):
    """Those of some proposals that name an item."""
    return rows.filter(Q(first=pk) | Q(second=pk))


def with_reasons(rows) -> list[tuple]:
    """(proposal, what speaks for it, a sentence each); one query for all."""
    rows = list(rows)
    keys = {sign.removeprefix("value_") for one in rows for sign in one.signs if sign.startswith("value_")}
    names = {one.key: one.name for one in Attribute.objects.filter(key__in=keys)} if keys else {}
    return [(one, [_reason(one, sign, names) for sign in one.signs]) for one in rows]


def _reason(duplicate, sign, names) -> str:
    if sign == NAME:
        return _("Names of one class that are written almost alike")
    if sign == ADDRESS:
        return _("Same name and same address")
    key = sign.removeprefix("value_")
    told = {"name": names.get(key, key), "value": duplicate.first.values.get(key, "–")}
    return _("Same %(name)s: “%(value)s”") % told


def comparison(user, kept, other) -> list[Difference]:
    """What two records say differently, of all facts and of the attributes that the class of `kept` asks for.

    Where `kept` says nothing the other's word is the sensible choice.
    """
    attributes = kept.asked_for()
    names = [*FACTS, "organisation", *(f"value_{one.key}" for one in attributes)]
    held = [(name, _held(kept, name), _held(other, name)) for name in names]
    differing = [(name, {_key(name): here}, {_key(name): there}) for name, here, there in held if here != there]
    words = Words(user, attributes, [{"before": here, "after": there} for _name, here, there in differing])
    return [
        Difference(name, words.name(key), words.value(key, here[key]), words.value(key, there[key]), here[key] is None)
        for name, here, there in differing
        for key in here
    ]


def _held(item, name):
    return item.organisation_id if name == "organisation" else targets.held(item, name)


def _key(name):
    return name.removeprefix("value_")
