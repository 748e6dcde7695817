"""Finding the items that somebody means: by name, holder, address or serial number; and outright by their names."""

import re

from django.db.models import Q

from accounts.models import User
from cmdb.models import ConfigurationItem

MOST = 12
HOLDERS = 20


def meant(user, text) -> list[ConfigurationItem]:
    """Visible items in use that hold `text` in a name, serial number, tag or address, or whose owner or user is called
    so (name, pinyin, staff number, login); at most MOST, and none for less than two characters."""
    text = text.replace("\0", "").strip()[:80]
    if len(text) < 2 and text.isascii():
        return []
    everybody = User.objects.visible_to(user).active() if any(map(str.isalnum, text)) else User.objects.none()
    people = list(everybody.matching(text).values_list("pk", flat=True)[:HOLDERS])
    visible = ConfigurationItem.objects.visible_to(user).in_use()
    named = visible.found(_usual(text)).values("pk")
    rows = visible.filter(Q(pk__in=named) | Q(used_by__in=people) | Q(owner__in=people))
    return list(rows.select_related("item_class", "used_by", "owner").order_by("slug")[:MOST])


def picked_of(user, keys) -> list[ConfigurationItem]:
    """Those of these keys that the reader may see, by short name."""
    if not keys:
        return []
    visible = ConfigurationItem.objects.visible_to(user).filter(pk__in=keys)
    return list(visible.select_related("item_class", "used_by", "owner").order_by("slug"))


def named(user, words) -> list[ConfigurationItem]:
    """The visible item of this name or short name; else those of these short names, if blanks alone stand between."""
    visible = ConfigurationItem.objects.visible_to(user).select_related("item_class")
    called = visible.filter(Q(slug__iexact=words) | Q(name_zh__iexact=words) | Q(name_en__iexact=words))
    if items := list(called.order_by("pk")[:1]):
        return items
    slugs = set(words.lower().split())
    items = list(visible.filter(slug__in=slugs)) if len(slugs) > 1 else []
    return items if len(items) == len(slugs) else []


def _usual(text):
    """A MAC address in the form it is kept in, however it was typed; anything else as it is."""
    digits = re.sub(r"[:.\-]", "", text.lower())
    is_mac = re.fullmatch(r"[0-9a-f]{12}", digits) is not None
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2)) if is_mac else text
