"""An applied import is taken back: what it made goes, what it changed becomes what the others say."""

from django.db.models import Q
from django.utils.translation import gettext as _

from cmdb import targets
from cmdb.models import Claim, ConfigurationItem, Duplicate, ImportLine, Relation
from cmdb.services import unique
from cmdb.services.importing import relations
from cmdb.services.importing.deciding import quarrel, settled
from cmdb.services.importing.understanding import Understanding
from cmdb.services.importing.writing import COLUMNS, in_chunks, living, voices_about, write_into
from cmdb.vocabulary import Verdict
from core import clock
from core import rows as bulk
from events import services as events


class Undoer:
    """Undoes one run in the caller's transaction. What somebody changed since is left, and its line says so."""

    def __init__(self, run, actor):
        self.run, self.actor, self.at = run, actor, clock.recorded_now()
        self.understanding = Understanding(run.source, None)
        self.weaver = relations.Weaver(run.source.slug, self.at)
        self.held = set()

    def undo(self, progress=lambda done: None):
        """Undo line by line; publishes `item.removed` and `item.edited`."""
        waiting, done = ImportLine.objects.filter(run=self.run).exclude(claims={}), 0
        for lines in in_chunks(waiting):
            self._chunk(lines)
            progress(done := done + len(lines))
        # Of two items that the run made and related, the one that is named goes after the one that names it.
        held, before = self.held, None
        while held and held != before:
            self.held = set()
            for lines in in_chunks(waiting.filter(number__in=held)):
                self._chunk(lines)
            held, before = self.held, held

    def _chunk(self, lines):
        locked = ConfigurationItem.objects.select_for_update(of=("self",)).order_by("pk")
        items = {item.pk: item for item in locked.filter(pk__in=[line.item_id for line in lines if line.item_id])}
        relations.attach(list(items.values()))
        claims = {one.item_id: one for one in Claim.objects.filter(source=self.run.source, item__in=items)}
        ours = []
        for line in lines:
            line.left = ""
            claim = claims.get(line.item_id)
            if line.item_id not in items:
                line.left = _("The item is gone.")
            elif claim is None or claim.run_id != self.run.pk:
                line.left = _("The source said something else of it since.")
            else:
                ours.append(line)
        made = [line for line in ours if line.verdict == Verdict.CREATE]
        self._remove(made, items)
        self._restore([line for line in ours if line.verdict != Verdict.CREATE], items, claims)
        bulk.update(lines, ["left"])

    def _remove(self, lines, items):
        """Take away the items that the run made, unless they were changed or anything points at them."""
        brought = relations.made_by(lines)
        used = referred_to([line.item_id for line in lines], but=brought)
        for line in lines:
            if items[line.item_id].version != line.version:
                line.left = _("Somebody changed the item since.")
            elif line.item_id in used:
                line.left = _("Something refers to the item by now.")
                self.held.add(line.number)
        going = [items[line.item_id] for line in lines if not line.left]
        if not going:
            return
        for line in lines:
            if not line.left:
                self._relate(line.item_id, relations.changed_in(line.diff), {})
        self._publish_relations()
        pks = bulk.keys([item.pk for item in going])
        self._publish("item.removed", going, [{"before": {"slug": item.slug} | item.values} for item in going])
        Claim.objects.filter(item__in=pks).delete()
        ImportLine.objects.filter(item__in=pks).update(item=None)
        Duplicate.objects.filter(Q(first__in=pks) | Q(second__in=pks)).delete()
        rows = ConfigurationItem.objects.filter(pk__in=pks)
        rows._raw_delete(rows.db)  # `referred_to` has looked wherever a cascade would

    def _restore(self, lines, items, claims):
        """The source's former words count again, and each value it wrote becomes what all now say of it."""
        self._take_back(lines, claims)
        voices = voices_about([items[line.item_id] for line in lines])
        writing = [self._restored(line, items[line.item_id], voices[line.item_id]) for line in lines]
        self._leave_taken(lines, items, writing)
        edited, told = [], []
        for line, values in zip(lines, living(writing), strict=True):
            item, claim = items[line.item_id], claims[line.item_id]
            opened = claim.disputed_at is not None and claim.disputed_at == item.disputed_at
            ends = opened and not quarrel(*voices[item.pk])
            if not values and not ends:
                continue
            before = {target: targets.held(item, target) for target in values}
            self._relate(item.pk, {t: [None, before[t]] for t in values if targets.is_relation(t)}, values)
            write_into(item, values, self.understanding)
            if ends:
                item.disputed_at, item.dispute = None, ""
            edited.append(item)
            told.append({"before": _plain(before), "after": _plain(values), "version": item.version})
        bulk.update(edited, COLUMNS)
        self._publish_relations()
        plain = [(item, data) for item, data in zip(edited, told, strict=True) if data["after"] or data["before"]]
        self._publish("item.edited", [item for item, _data in plain], [data for _item, data in plain])

    def _take_back(self, lines, claims):
        gone = [claims[line.item_id].pk for line in lines if line.claims["before"] is None]
        Claim.objects.filter(pk__in=gone).delete()
        back = [claims[line.item_id] for line in lines if line.claims["before"] is not None]
        said = {line.item_id: line.claims["before"] for line in lines}
        for claim in back:
            claim.said, claim.run_id = said[claim.item_id], None
        bulk.update(back, ["said", "run_id"])

    @staticmethod
    def _restored(line, item, voices) -> dict:
        """{target: value} for what still is as the run left it; what is not is named on the line."""
        touched = [target for target, (_before, after) in line.diff.items() if targets.held(item, target) != after]
        if touched:
            names = ", ".join(target.removeprefix("value_") for target in touched)
            line.left = _("Somebody changed this since: %(names)s.") % {"names": names[:200]}
        values = {target: settled(target, *voices).value for target in line.diff if target not in touched}
        relations.add_settled(values, item)
        return values

    def _leave_taken(self, lines, items, writing):
        """Names and numbers that another item was given meanwhile are not given back."""
        asked = [
            (line, values, want)
            for line, values in zip(lines, writing, strict=True)
            for want in unique.wanted_by(items[line.item_id], values, self.understanding.attributes_of)
        ]
        having = unique.taken_by([want for _line, _values, want in asked])
        for line, values, want in asked:
            if having[want] - {line.item_id}:
                del values[want.target]
                line.left = f"{line.left} {want.problem} ({want.value})".strip()[:300]

    def _relate(self, pk, diff, values):
        for target, (_before, after) in diff.items():
            self.weaver.change(pk, target, after, values.get(target))

    def _publish_relations(self):
        self._publish_all(self.weaver.write())

    def _publish(self, name, items, told):
        self._publish_all([(name, item, data) for item, data in zip(items, told, strict=True)])

    def _publish_all(self, news):
        origin = {"origin": self.run.source.slug, "import": self.run.pk, "why": _("The import was undone.")}
        news = [(name, item, data | origin) for name, item, data in news]
        events.publish_all(news, actor=self.actor, at=self.at, is_public=False)


def referred_to(pks, *, but=()) -> set:
    """Those of some items that anything in any app points at, but for claims, lines of imports, possible duplicates and
    the relations `but`."""
    found, keys = set(), bulk.keys(pks)
    for relation in ConfigurationItem._meta.get_fields(include_hidden=True):
        is_pointed = relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
        if not is_pointed or relation.related_model in (Claim, Duplicate, ImportLine):
            continue
        column = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{column}__in": keys})
        if but and relation.related_model is Relation:
            rows = rows.exclude(pk__in=list(but))
        found |= set(rows.values_list(column, flat=True))
    return found


def _plain(values) -> dict:
    return {t.removeprefix("value_"): value for t, value in values.items() if not targets.is_relation(t)}
