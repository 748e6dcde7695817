"""Which item a row is about: the rules of its source in order, the first that finds anything decides."""

from collections import defaultdict

from django.utils.translation import gettext as _

from cmdb import targets
from cmdb.models import Attribute, Claim, ConfigurationItem
from cmdb.selectors.holding import holders
from cmdb.vocabulary import SourceKind


class Matching:
    """Finds items for rows. Remembers over a whole file who was spoken of, so that no item has two lines."""

    def __init__(self, source, items):
        """`items` are those that may be found at all."""
        self.rules = [["key"], *source.rules]
        unique = Attribute.objects.filter(is_unique=True).values_list("key", flat=True)
        compared = {target for rule in source.rules for target in rule} & {f"value_{key}" for key in unique}
        # A machine with another serial number is another machine, whatever its name or network card.
        self.telling = compared if source.kind == SourceKind.AGENT else ()
        self.source, self.items = source, items
        self._meant, self._new = {}, {}

    def match(self, rows) -> dict:
        """{line number: item, None for a new one, or a sentence why nobody can tell}."""
        found = [self._candidates(rule, rows) for rule in self.rules]
        pks = {pk for by_row in found for hits in by_row.values() for pk in hits}
        merged = ConfigurationItem.objects.filter(pk__in=pks).exclude(merged_into=None)
        pks.update(merged.values_list("merged_into", flat=True))
        items = {item.pk: item for item in self.items.filter(pk__in=pks).order_by("pk")}
        return {row.number: self._decided(row, found, items) for row in rows}

    def _decided(self, row, found, items):
        for rule, by_row in zip(self.rules, found, strict=True):
            hits = [items[pk] for pk in by_row.get(row.number, ()) if pk in items]
            if rule != ["key"]:
                hits = [item for item in hits if _fits(rule, row, item) and not self._contradict(row, item)]
            # What is known of a record that was merged is said of the one it was merged into.
            hits = list(dict.fromkeys(items.get(item.merged_into_id, item) for item in hits))
            if len(hits) > 1:
                names = ", ".join(sorted(item.slug for item in hits)[:5])
                return _("It could be any of these: %(names)s.") % {"names": names}
            if hits:
                return self._first_to_mean(row, hits[0])
        return self._first_to_make(row)

    def _contradict(self, row, item) -> bool:
        pairs = [(row.told.get(target), targets.held(item, target)) for target in self.telling]
        return any(said is not None and here is not None and said != here for said, here in pairs)

    def _first_to_mean(self, row, item):
        earlier = self._meant.setdefault(item.pk, row.number)
        return item if earlier == row.number else _("Line %(number)s is about the same item.") % {"number": earlier}

    def _first_to_make(self, row):
        """A new item; two lines that agree in what a rule compares would make the same one."""
        words = [
            (place, *(_word(row, target) for target in rule))
            for place, rule in enumerate(self.rules)
            if all(_word(row, target) is not None for target in rule)
        ]
        if earlier := next((self._new[word] for word in words if word in self._new), None):
            return _("Line %(number)s is about the same item.") % {"number": earlier}
        self._new |= dict.fromkeys(words, row.number)
        return None

    def _candidates(self, rule, rows) -> dict:
        """{line number: keys of items} that agree with a rule's first target."""
        first, asked = rule[0], defaultdict(list)
        for row in rows:
            if all(_word(row, target) is not None for target in rule):
                asked[_word(row, first)].append(row.number)
        hits = defaultdict(list)
        for word, pk in self._looked_up(first, list(asked)) if asked else ():
            for number in asked[word]:
                hits[number].append(pk)
        return hits

    def _looked_up(self, target, words):
        """(word, key of an item) pairs."""
        if target == "key":
            return Claim.objects.filter(source=self.source, key__in=words).values_list("key", "item")
        return holders(target, words)


def _word(row, target):
    """What a row says for a target of a rule; None for nothing."""
    return (getattr(row, target) or None) if target in targets.IDENTITY else row.told.get(target)


def _fits(rule, row, item) -> bool:
    """Whether an item agrees with all of a rule; a name means an item of the same class only."""
    if any(target.startswith("name_") for target in rule) and item.item_class_id != row.item_class:
        return False
    return all((item.slug if target == "slug" else targets.held(item, target)) == _word(row, target) for target in rule)
