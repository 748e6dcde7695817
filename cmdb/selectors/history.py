"""What happened to an item, in the reader's words: deeds, facts by their names, people and items by theirs."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.models import Organisation, Team, User
from cmdb.history_words import FACT_NAMES, deed
from cmdb.models import Attribute, ConfigurationItem, RelationType
from cmdb.vocabulary import Environment
from cmdb.workflow import ITEM
from events import selectors as ledger

_LOOKED_UP = {"owner": User, "used_by": User, "support_team": Team, "organisation": Organisation}
_CHOICES = {
    "criticality": dict(ConfigurationItem.Criticality.choices),
    "environment": dict(Environment.choices),
    "state": dict(ITEM.choices()),
}


class Change(NamedTuple):
    """A fact or attribute by its name, before and after, each in words; "" for nothing."""

    name: str
    before: str
    after: str


class Entry(NamedTuple):
    """An event as a deed, with what was changed and what was said along with it: a reason, how it is known.

    `of` names the record it happened to where that was merged into this one.
    """

    event: object
    deed: str
    changes: list[Change]
    of: str = ""

    @property
    def words(self) -> list[str]:
        """What people wrote about it, and what a step of the life cycle was given."""
        data = self.event.data
        given = data.get("values") or {}
        return [
            said
            for said in (data.get("why"), data.get("how"), data.get("called"), data.get("ticket"), given.get("reason"))
            if said
        ]


def history_of(user, item, *, limit) -> list[Entry]:
    """The latest `limit` events of an item and of what was merged into it, the newest first; the number of queries does
    not grow with them."""
    merged = {one.pk: one for one in item.merged.only("slug")}
    events = ledger.timeline_of(item, *merged.values(), public_only=False).order_by("-id")[:limit]
    of = {pk: one.slug for pk, one in merged.items()}
    return [entry._replace(of=of.get(entry.event.subject_id, "")) for entry in told(user, item, events)]


def told(user, item, events) -> list[Entry]:
    """Events of an item as the reader understands them."""
    events = list(events)
    words = Words(user, item.item_class.all_attributes(), [event.data for event in events])
    return [Entry(event, deed(event.name), _changes(event, words)) for event in events]


def differing(user, differences) -> list[tuple]:
    """(difference, its Change) of two baselines' differences, in words."""
    mentions = [_mention(one) for one in differences]
    words = Words(user, Attribute.objects.all(), mentions)
    return [(one, _difference(one, data, words)) for one, data in zip(differences, mentions, strict=True)]


def _mention(difference):
    if difference.what == "relation":
        verb, _blank, target = (difference.before or difference.after).partition(" ")
        return {"relation": verb, "source": difference.slug, "target": target}
    name = difference.what.removesuffix("_id")
    return {"before": {name: difference.before}, "after": {name: difference.after}}


def _difference(one, data, words):
    if one.what == "relation":
        said = words.relation(data)
        return Change(words.name("relation"), said if one.before else "", said if one.after else "")
    if one.what == "":
        return Change(words.name("item"), one.before or "", one.after or "")
    return Change(words.name(one.what), words.value(one.what, one.before), words.value(one.what, one.after))


def _changes(event, words):
    """What an event changed. A new record is its own description: only its state is told."""
    if event.name in ("item.related", "item.unrelated"):
        return [Change(words.name("relation"), "", words.relation(event.data))]
    if "other" in event.data:
        return [Change(words.name("item"), "", words.item(event.data["other"]))]
    before, after = (event.data.get(part) or {} for part in ("before", "after"))
    names = ["state"] if event.name == "item.created" else list(before | after)
    return [Change(words.name(n), words.value(n, before.get(n)), words.value(n, after.get(n))) for n in names]


class Words:
    """Names of what the events of an item mention; each kind is looked up in one query, if at all."""

    def __init__(self, user, attributes, mentions):
        self.attributes = {one.key: one for one in attributes}
        facts = [data.get(part) or {} for data in mentions for part in ("before", "after")]
        self.rows = {model: _named(model.objects, "pk", _mentioned(facts, model)) for model in set(_LOOKED_UP.values())}
        seen = ConfigurationItem.objects.visible_to(user)
        self.places = _named(seen, "pk", (one.get("location") for one in facts))
        related = [data for data in mentions if "relation" in data]
        ends = [data[end] for data in related for end in ("source", "target")]
        self.items = _named(seen, "slug", [*ends, *(data["other"] for data in mentions if "other" in data)])
        self.verbs = _named(RelationType.objects, "slug", (data["relation"] for data in related))

    def name(self, key) -> str:
        """What a fact or attribute is called; one that the class does not know any more is called by its key."""
        fact = key.removesuffix("_id")
        return self.attributes[key].name if key in self.attributes else str(FACT_NAMES.get(fact, key))

    def value(self, key, value) -> str:
        """A value in words: people, teams and places by name, and where there is none any more by their number."""
        fact = key.removesuffix("_id")
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if fact in _LOOKED_UP:
            return self.rows[_LOOKED_UP[fact]].get(value, f"#{value}")
        if fact == "location":
            return self.places.get(value, f"#{value}")
        if fact in _CHOICES:
            return str(_CHOICES[fact].get(value, value))
        return self.attributes[key].word_for(value) if key in self.attributes else str(value)

    def relation(self, data) -> str:
        """`source` <verb> `target` of a relation that came or went."""
        verb = self.verbs.get(data["relation"], data["relation"])
        return f"{self.item(data['source'])} {verb} {self.item(data['target'])}"

    def item(self, slug) -> str:
        return self.items.get(slug, _("an item that you may not see"))


def _mentioned(facts, model):
    return (one.get(fact) for one in facts for fact, of in _LOOKED_UP.items() if of is model)


def _named(rows, field, keys) -> dict:
    """{key: name} of the rows that the keys name."""
    keys = {key for key in keys if key not in (None, "")}
    return {getattr(row, field): str(row) for row in rows.filter(**{f"{field}__in": keys})} if keys else {}
