"""What only one item may have: a short name, a name within its class and customer, a unique attribute's value."""

from collections import defaultdict
from zlib import crc32

from django.utils.translation import gettext as _

from cmdb.models import ConfigurationItem
from cmdb.services.importing.matching import holders
from cmdb.vocabulary import Verdict

NAMES = ("name_zh", "name_en")


class Taken:
    """Refuses what is taken, by an item in the database or by an earlier line. Remembers over a whole file."""

    def __init__(self, source, understanding):
        self.organisation = source.organisation_id
        self.understanding = understanding
        self._given = {}

    def refuse_in(self, decisions):
        """Turn decisions that would take somebody's name or number into errors."""
        writing = [one for one in decisions if one.diff]
        self._spread_slugs([one for one in writing if one.item is None and not one.row.slug])
        asked = {id(one): list(self._asked(one)) for one in writing}
        holding = self._holding([wanted for wants in asked.values() for wanted in wants])
        for one in writing:
            own = one.item.pk if one.item else None
            for wanted in asked[id(one)]:
                if holding[wanted] - {own}:
                    one.refuse(Verdict.ERROR, self._words(wanted, one))
                elif (earlier := self._given.setdefault(wanted, one.row.number)) != one.row.number:
                    said = _("Line %(number)s has it already.") % {"number": earlier}
                    one.refuse(Verdict.ERROR, f"{self._words(wanted, one)} {said}")
                if not one.diff:
                    break

    def _asked(self, one):
        """(what, within what, value) for everything a decision would have to itself."""
        if one.item is None:
            yield "slug", "", one.slug
        owner = one.item.organisation_id if one.item else self.organisation
        for target, (_before, after) in one.diff.items():
            if after is None:
                continue
            if target in NAMES:
                yield target, (one.item_class, owner), after
            elif target.startswith("value_"):
                attribute = self.understanding.attributes_of(one.item_class).get(target[6:])
                if attribute is not None and attribute.is_unique:
                    yield target, "", after

    def _holding(self, wanted) -> dict:
        """{what is wanted: keys of the items that have it}."""
        words, held = defaultdict(set), defaultdict(set)
        for what, _within, value in wanted:
            words[what].add(value)
        for what, values in words.items():
            if what in NAMES:
                named = ConfigurationItem.objects.filter(**{f"{what}__in": values})
                for value, item_class, owner, pk in named.values_list(what, "item_class_id", "organisation_id", "pk"):
                    held[what, (item_class, owner), value].add(pk)
            else:
                for value, pk in holders(what, list(values)):
                    held[what, "", value].add(pk)
        return held

    def _spread_slugs(self, made_up):
        """A short name that was made up gives way to one that is taken: its own mark is added, always the same."""
        taken = set(
            ConfigurationItem.objects.filter(slug__in={one.slug for one in made_up}).values_list("slug", flat=True)
        )
        for one in made_up:
            if one.slug in taken:
                said = "|".join(f"{target}={value}" for target, value in sorted(one.row.told.items()))
                one.slug = f"{one.slug[:71]}-{crc32(f'{one.row.key}|{said}'.encode()):08x}"
            taken.add(one.slug)

    def _words(self, wanted, one):
        what, _within, value = wanted
        if what == "slug":
            return _("There is an item with this short name already.") + f" ({value})"
        if what in NAMES:
            return _("Another item of this class has this name.") + f" ({value})"
        name = self.understanding.attributes_of(one.item_class)[what[6:]].name
        return f"{name}: " + _("Another item has this value already.") + f" ({value})"
