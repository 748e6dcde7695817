"""Records that may be of the same thing are looked for, and told apart by people."""

from django.db import transaction
from django.utils.translation import gettext as _

from cmdb import likeness, rules
from cmdb.attributes import IDENTIFYING
from cmdb.likeness import Record
from cmdb.models import Attribute, ConfigurationItem, Duplicate
from cmdb.services import keeping
from cmdb.vocabulary import AttributeKind
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text

AT_ONCE = 5000
ADDRESSES = (AttributeKind.IP, AttributeKind.MAC)
_COLUMNS = ("pk", "organisation_id", "item_class_id", "slug", "name_zh", "name_en", "values")


@transaction.atomic
def look_for_duplicates() -> int:
    """Compare all items in use and write down which may be of the same thing; returns how many proposals are new.

    Proposals that nothing speaks for any more go; those that somebody told apart stay. Two lookers at once would only
    write the same twice: what is there already is passed over.
    """
    found = likeness.pairs(likeness.groups(_records()))
    kept = {(one.first_id, one.second_id): one for one in Duplicate.objects.filter(dismissed_at=None)}
    Duplicate.objects.filter(pk__in=[one.pk for ends, one in kept.items() if ends not in found]).delete()
    at, changed = clock.recorded_now(), []
    for ends, signs in found.items():
        if ends in kept and kept[ends].signs != sorted(signs):
            kept[ends].signs = sorted(signs)
            changed.append(kept[ends])
    Duplicate.objects.bulk_update(changed, ["signs"], AT_ONCE)
    told_apart = set(Duplicate.objects.exclude(dismissed_at=None).values_list("first", "second"))
    new = [
        Duplicate(first_id=first, second_id=second, signs=sorted(signs), found_at=at)
        for (first, second), signs in sorted(found.items())
        if (first, second) not in kept and (first, second) not in told_apart
    ]
    Duplicate.objects.bulk_create(new, AT_ONCE, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def tell_apart(duplicate, *, actor, why):
    """These are two things, for good; publishes `item.told_apart` on both. Raises NotAllowed, InvalidInput, Refused."""
    if not (actor.is_active and rules.keeps_items(actor)):
        raise NotAllowed()
    if not (why := clean_text(why)[:500]):
        raise InvalidInput({"why": [_("Say how you know.")]})
    first, second = keeping.lock_both(duplicate.first, duplicate.second)
    duplicate = Duplicate.objects.select_for_update(of=("self",)).select_related("dismissed_by").get(pk=duplicate.pk)
    if duplicate.dismissed_at:
        raise Refused(_("%(name)s has told them apart already.") % {"name": duplicate.dismissed_by.display_name})
    duplicate.dismissed_at, duplicate.dismissed_by, duplicate.why = clock.recorded_now(), actor, why
    duplicate.save(update_fields=["dismissed_at", "dismissed_by", "why"])
    for item, other in ((first, second), (second, first)):
        keeping.changed(item, "told_apart", actor, why=why, other=other.slug)
    return duplicate


def _records():
    """What is compared of all items in use, class by class."""
    identifying = Attribute.objects.filter(retired_at=None, kind__in=IDENTIFYING)
    numbers = set(identifying.filter(is_unique=True).values_list("key", flat=True))
    addresses = set(identifying.filter(kind__in=ADDRESSES).values_list("key", flat=True))
    rows = ConfigurationItem.objects.in_use().order_by("item_class", "pk").values_list(*_COLUMNS)
    for pk, organisation, item_class, slug, name_zh, name_en, values in rows.iterator(AT_ONCE):
        yield Record(
            pk, organisation, item_class, (slug, name_zh, name_en),
            {f"value_{key}": values[key] for key in numbers & values.keys()},
            tuple(values[key] for key in addresses & values.keys()),
        )  # fmt: skip
