"""Relations that a file names in its columns: read with the items they belong to, written and taken back with them.

A source adds to what people related and takes away only what a source made; members of a redundancy group stay, for
which of them are enough was thought over by somebody.
"""

from collections import defaultdict

from cmdb import targets
from cmdb.models import ConfigurationItem, Relation, RelationType, Source
from cmdb.services.relating import ends
from core import rows as bulk


def attach(items) -> None:
    """Give items their relations: `related` is {target: keys of the other ends}, `settled` those that must stay."""
    by_pk = {item.pk: item for item in items}
    for item in items:
        item.related, item.settled = defaultdict(list), defaultdict(list)
    sources = set(Source.objects.values_list("slug", flat=True))
    for mine, other, prefix in (("source", "target", targets.RELATION), ("target", "source", targets.REVERSE)):
        found = Relation.objects.filter(**{f"{mine}__in": bulk.keys(by_pk)}).order_by(other)
        for pk, end, verb, origin, group in found.values_list(mine, other, "relation_type__slug", "origin", "group"):
            by_pk[pk].related[prefix + verb].append(end)
            if group is not None or origin not in sources:
                by_pk[pk].settled[prefix + verb].append(end)


def add_settled(values, item) -> None:
    """Whatever is said of an item's relations, in {target: value}, what must stay is added."""
    for target in filter(targets.is_relation, values):
        values[target] = sorted({*(values[target] or ()), *item.settled[target]}) or None


class Weaver:
    """Collects what changes between items, and writes it in a few statements."""

    def __init__(self, origin, at):
        self.origin, self.at = origin, at
        self.verbs = {verb.slug: verb for verb in RelationType.objects.all()}
        self._news, self._gone = [], set()

    def change(self, pk, target, before, after):
        """The other ends of an item for one target were `before` and shall be `after`."""
        before, after = set(before or ()), set(after or ())
        self._news += [self._triple(pk, target, end) for end in sorted(after - before)]
        self._gone |= {self._triple(pk, target, end) for end in before - after}

    def write(self) -> list:
        """Write it all; returns news for the ledger of both ends: (event, item, data)."""
        gone = self._standing()
        Relation.objects.filter(pk__in=list(gone)).delete()
        fresh = [self._relation(*one) for one in dict.fromkeys(self._news)]
        Relation.objects.bulk_create(fresh, ignore_conflicts=True)
        done = [("item.related", one) for one in dict.fromkeys(self._news)]
        done += [("item.unrelated", one) for one in gone.values()]
        self._news, self._gone = [], set()
        pks = {pk for _name, (source, _verb, target) in done for pk in (source, target)}
        items = {item.pk: item for item in ConfigurationItem.objects.filter(pk__in=bulk.keys(pks))}
        return [news for name, one in done for news in _told(name, one, items)]

    def _standing(self) -> dict:
        """{key of a relation: its triple} of those that are to go and stand there."""
        if not self._gone:
            return {}
        found = Relation.objects.filter(source__in=bulk.keys({source for source, _verb, _target in self._gone}))
        triples = found.values_list("pk", "source", "relation_type__slug", "target")
        return {pk: tuple(one) for pk, *one in triples if tuple(one) in self._gone}

    def _relation(self, source, verb, target):
        provider, dependant = ends(self.verbs[verb].impact, source, target)
        return Relation(
            source_id=source, target_id=target, relation_type=self.verbs[verb], provider_id=provider,
            dependant_id=dependant, origin=self.origin, created_at=self.at,
        )  # fmt: skip

    @staticmethod
    def _triple(pk, target, end):
        if target.startswith(targets.REVERSE):
            return end, target.removeprefix(targets.REVERSE), pk
        return pk, target.removeprefix(targets.RELATION), end


def changed_in(diff) -> dict:
    """The part of a line's diff that is about relations."""
    return {target: pair for target, pair in diff.items() if targets.is_relation(target)}


def made_by(lines) -> dict:
    """{key of a relation: key of the item} that lines of a run brought with the items they made."""
    found, asked = {}, {}
    for line in lines:
        for target, (_before, after) in changed_in(line.diff).items():
            asked |= {Weaver._triple(line.item_id, target, end): line.item_id for end in after}
    if asked:
        rows = Relation.objects.filter(source__in=bulk.keys({source for source, _verb, _target in asked}))
        for pk, *one in rows.values_list("pk", "source", "relation_type__slug", "target"):
            if tuple(one) in asked:
                found[pk] = asked[tuple(one)]
    return found


def _told(name, one, items):
    source, verb, target = one
    told = {"relation": verb, "source": items[source].slug, "target": items[target].slug}
    return [(name, items[pk], told | {"version": items[pk].version}) for pk in (source, target)]
