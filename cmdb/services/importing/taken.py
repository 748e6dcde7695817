"""Lines that would take what only one item may have (`cmdb.services.unique`), from an item or from an earlier line."""

from zlib import crc32

from django.utils.translation import gettext as _

from cmdb.models import ConfigurationItem
from cmdb.services import unique
from cmdb.vocabulary import Verdict


class Taken:
    """Refuses what is taken. Remembers over a whole file."""

    def __init__(self, source, understanding):
        self.organisation = source.organisation_id
        self.understanding = understanding
        self._given = {}

    def refuse_in(self, decisions):
        """Turn decisions that would take somebody's name or number into errors."""
        writing = [one for one in decisions if one.diff]
        self._spread_slugs([one for one in writing if one.item is None and not one.row.slug])
        asked = [(one, self._wanted(one)) for one in writing]
        having = unique.taken_by([want for _one, wants in asked for want in wants])
        for one, wants in asked:
            own = one.item.pk if one.item else None
            for want in wants:
                if having[want] - {own}:
                    one.refuse(Verdict.ERROR, self._words(want, one))
                elif (earlier := self._given.setdefault(want, one.row.number)) != one.row.number:
                    said = _("Line %(number)s has it already.") % {"number": earlier}
                    one.refuse(Verdict.ERROR, f"{self._words(want, one)} {said}")
                if not one.diff:
                    break

    def _wanted(self, one):
        told = {target: after for target, (_before, after) in one.diff.items()}
        if one.item is not None:
            return unique.wanted_by(one.item, told, self.understanding.attributes_of)
        attributes = self.understanding.attributes_of(one.item_class)
        return unique.wanted(one.item_class, self.organisation, {"slug": one.slug, **told}, attributes)

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

    def _words(self, want, one):
        said = f"{want.problem} ({want.value})"
        if not want.target.startswith("value_"):
            return said
        name = self.understanding.attributes_of(one.item_class)[want.target.removeprefix("value_")].name
        return f"{name}: {said}"
