"""Cells become values: links are found, attributes checked, classes named. A thousand rows at a time."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Team, User
from cmdb import attributes, targets
from cmdb.models import Attribute, ConfigurationItem, ItemClass, RelationType
from cmdb.selectors.holding import holders
from cmdb.services.importing.coming import Coming, ways_of
from cmdb.vocabulary import Environment
from core.text import clean_text

_LONGEST = {"name_zh": 120, "name_en": 120, "standalone": 200, "key": 200}


@dataclass(slots=True)
class Row:
    """One row as understood: who it is about, `told` {target: value as stored}, what is wrong with it."""

    number: int
    raw: dict
    key: str = ""
    slug: str = ""
    item_class: str = ""
    told: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)


class Understanding:
    """What the cells of one source mean. Made once for a run; classes, teams and attributes are read once.

    `actor` uploaded the file: people and places it names are found among those they see. None is the system. `coming`
    is what the file makes itself.
    """

    def __init__(self, source, actor):
        self.source, self.coming = source, Coming()
        self.classes = {one.slug: one for one in ItemClass.objects.select_related("parent")}
        self._by_name = _by_word(self.classes.values())
        self._teams = _by_word(_seen_by(actor, Team.objects.active()))
        self._people = _seen_by(actor, User.objects.active())
        self._items = _seen_by(actor, ConfigurationItem.objects.in_use())
        self._linking = dict(Attribute.objects.filter(kind__in=["item", "person"]).values_list("key", "kind"))
        self.unique = sorted(set(Attribute.objects.filter(is_unique=True).values_list("key", flat=True)))
        self._labels = targets.labels((), RelationType.objects.all())
        self._chosen = {
            "criticality": _choices(ConfigurationItem.Criticality.choices),
            "environment": _choices(Environment.choices),
        }
        self._attributes = {}

    def attributes_of(self, item_class) -> dict:
        """{key: attribute} of a class, by short name, without retired ones."""
        if item_class not in self._attributes:
            asked = self.classes[item_class].all_attributes()
            self._attributes[item_class] = {one.key: one for one in asked if one.retired_at is None}
        return self._attributes[item_class]

    def rows(self, numbered) -> list[Row]:
        """Rows of (number, {target: text}, raw) triples; empty cells say nothing."""
        numbered = [(number, {t: text for t, text in cells.items() if text}, raw) for number, cells, raw in numbered]
        links = self._links([cells for _number, cells, _raw in numbered])
        return [self._row(number, cells, raw, links) for number, cells, raw in numbered]

    def _row(self, number, cells, raw, links) -> Row:
        row = Row(number, raw, item_class=self.source.item_class_id)
        named = cells.get("item_class")
        if named:
            row.item_class = self._class(named, row)
            if row.problems and self.source.kind == "agent":
                # a class that this house does not have: the usual one of the source
                row.item_class, row.problems = self.source.item_class_id, []
        if row.problems:
            return row
        known = self.attributes_of(row.item_class)
        for target, text in cells.items():
            if target == "key":
                row.key = clean_text(text)[: _LONGEST["key"]]
            elif target == "slug":
                row.slug = _slug(text, row)
            elif target.startswith("value_"):
                self._attribute(row, target, text, known, links)
            elif targets.is_relation(target):
                self._relation(row, target, text, links)
            elif target in targets.FACTS:
                self._fact(row, target, text, links)
        return row

    def _class(self, named, row):
        found = self._by_name.get(named.casefold())
        if found is None or found.is_abstract or found.family == "service":
            row.problems.append(_("There is no class “%(name)s” to import into.") % {"name": named[:60]})
            return ""
        return found.slug

    def _attribute(self, row, target, text, known, links):
        one = known.get(target.removeprefix("value_"))
        if one is None:
            # an agent reports what it finds; a file claims what it says
            if self.source.kind == "file":
                row.problems.append(f"{target[6:]}: {_('This class of items has no such attribute.')}")
            return
        try:
            value = attributes.checked(one, clean_text(text))
        except attributes.Unfit as unfit:
            row.problems.append(f"{one.name}: {unfit}")
            return
        if one.kind in ("item", "person") and value not in links[one.kind]:
            row.problems.append(f"{one.name}: {_('There is nothing of this name.')}")
        elif value is not None:
            row.told[target] = value

    def _fact(self, row, target, text, links):
        if target in _LONGEST:
            value = clean_text(text)[: _LONGEST[target]]
        elif target == "support_team":
            value = self._teams[text.casefold()].pk if text.casefold() in self._teams else None
        elif target == "location":
            value = links["location"].get(text)
        elif target in ("owner", "used_by"):
            value = links["owner"].get(text)
        else:
            value = self._chosen[target].get(text.casefold())
        if value is None:
            row.problems.append(f"{targets.FACTS[target]}: {_('There is nothing of this name.')} ({text[:60]})")
        else:
            row.told[target] = value

    def _relation(self, row, target, text, links):
        """A cell may name several items, with semicolons between them."""
        meant = {word: links["related"].get(word, set()) for word in _words(text)}
        for word, pks in meant.items():
            if not pks:
                row.problems.append(f"{self._labels[target]}: {_('There is nothing of this name.')} ({word[:60]})")
            elif len(pks) > 1:
                said = _("Several items are called so: name it by its short name.")
                row.problems.append(f"{self._labels[target]}: {said} ({word[:60]})")
        row.told[target] = sorted({pk for pks in meant.values() for pk in pks})
        coming = {-end for end in row.told[target] if end < 0}
        if row.number in coming:
            row.problems.append(_("An item cannot be related to itself."))
        self.coming.relied_on |= coming - {row.number}

    def _links(self, all_cells) -> dict:
        """What the names in these rows point at: {"owner": {word: key}, "location": …, "person": …, "item": …}.

        People are found by login, staff number or mail address, places by short name or name; attributes name people
        by login and items by short name. What it is related to ("related": {word: keys}) may be named by short name,
        else by what is unique, else by name.
        """
        asked = defaultdict(set)
        for cells in all_cells:
            for target, text in cells.items():
                kind = "owner" if target == "used_by" else self._linking.get(target.removeprefix("value_"), target)
                asked["related" if targets.is_relation(target) else kind] |= (
                    set(_words(text)) if targets.is_relation(target) else {text}
                )
        places = self._items.filter(item_class__family="location")
        return {
            "owner": _found(self._people, ("email", "staff_number", "username"), asked["owner"]),
            "location": _found(places, ("name_en", "name_zh", "slug"), asked["location"]),
            "person": _found(self._people, ("username",), asked["person"]),
            "item": _found(self._items, ("slug",), asked["item"]),
            "related": self._meant(asked["related"]),
        }

    def _meant(self, words) -> dict:
        """{word: keys of the items that it may mean}; the surest way of naming that finds any decides, and what is in
        use goes before what is coming."""
        meant = {}
        for number, way in enumerate(ways_of(self.unique)):
            left = sorted(words - meant.keys())
            hits = [hit for target in way for hit in holders(target, left)] if left else []
            seen = set(self._items.filter(pk__in=[pk for _word, pk in hits]).values_list("pk", flat=True))
            for word, pk in hits:
                if pk in seen:
                    meant.setdefault(word, set()).add(pk)
            meant |= self.coming.meant(number, words - meant.keys())
        return meant


def _words(text) -> list:
    return [word for part in re.split(r"[;；\n]", text) if (word := clean_text(part))]


def _seen_by(actor, rows):
    return rows if actor is None else rows.visible_to(actor)


def _found(rows, columns, words) -> dict:
    """{word: key} of the rows that are called so in one of the columns; the last column counts most."""
    found = {}
    for column in columns if words else ():
        found |= dict(rows.filter(**{f"{column}__in": words}).values_list(column, "pk"))
    return found


def _by_word(rows) -> dict:
    return {word.casefold(): row for row in rows for word in (row.name_en, row.name_zh, row.slug) if word}


def _choices(choices) -> dict:
    """{value or its name in a language, in small letters: value}."""
    found = {str(value): value for value, _label in choices}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(label).casefold(): value for value, label in choices}
    return found


def _slug(text, row) -> str:
    try:
        validate_slug(text)
    except ValidationError:
        row.problems.append(_("“%(name)s” is no short name: letters, digits, - and _ only.") % {"name": text[:60]})
    return text[:80]
