"""What an audit found: how many records are right, and how sure that is."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cmdb import rules
from cmdb.history_words import FACT_NAMES
from cmdb.models import Attribute, Audit, Sample
from cmdb.selectors.history import Words

FACTS = ("state", "owner", "used_by", "support_team", "environment", "location")
SHOWN = 50


class Accuracy(NamedTuple):
    """`right` of `checked`, as percent with the 95 % interval around it; None where nothing was checked."""

    name: str
    right: int
    checked: int

    @property
    def percent(self):
        return _percent(self.right / self.checked) if self.checked else None

    @property
    def interval(self):
        span = rules.wilson(self.right, self.checked)
        return tuple(map(_percent, span)) if span else None


def audits(limit=SHOWN):
    """Audits, the newest first, with how many of their records were drawn and checked."""
    checked = Count("samples", filter=Q(samples__checked_at__isnull=False))
    rows = Audit.objects.annotate(drawn=Count("samples"), checked=checked).select_related("drawn_by").order_by("-pk")
    return rows[:limit] if limit else rows


def samples_of(user, audit):
    """The drawn records that the reader sees, in the order of the draw."""
    rows = Sample.objects.visible_to(user).filter(audit=audit)
    return rows.select_related("item__item_class", "checked_by").order_by("pk")


def facts_to_check(user, item) -> list[tuple]:
    """[(key, name, value in words)] of everything a record says that somebody can look at; empty values too, since
    what is missing may be wrong as well."""
    asked = item.asked_for()
    keys = [*FACTS, *(one.key for one in asked)]
    facts = {key: getattr(item, f"{key}_id", None) or getattr(item, key, None) for key in FACTS}
    facts = {key: getattr(value, "pk", value) for key, value in facts.items()} | item.values
    words = Words(user, asked, [{"after": facts}])
    return [(key, words.name(key), words.value(key, facts.get(key))) for key in keys]


def accuracy(samples) -> tuple[Accuracy, list[Accuracy]]:
    """(records that are right in everything, each fact of its own) of the records that were checked."""
    checked = [one for one in samples if one.checked_at]
    whole = Accuracy(_("Whole records"), sum(one.is_right for one in checked), len(checked))
    right, of = defaultdict(int), defaultdict(int)
    for one in checked:
        for key, note in one.findings.items():
            of[key] += 1
            right[key] += not note
    names = {one.key: one.name for one in Attribute.objects.filter(key__in=of)} if of else {}
    facts = [Accuracy(str(FACT_NAMES.get(key) or names.get(key, key)), right[key], of[key]) for key in of]
    return whole, sorted(facts, key=lambda one: (one.right / one.checked, one.name))


def _percent(share):
    return round(share * 100, 1)
