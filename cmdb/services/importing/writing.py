"""What the lines of a plan say is written: items, claims, the ledger. All of it in the caller's transaction."""

from collections import defaultdict

from cmdb import attributes, targets
from cmdb.models import Claim, ConfigurationItem, ImportLine
from cmdb.services.importing import coming, relations
from cmdb.services.importing.deciding import quarrel
from cmdb.vocabulary import Verdict
from cmdb.workflow import DEPLOYING, LIVE
from core import clock
from core import rows as bulk
from events import services as events

AT_ONCE = 2000
FACT_COLUMNS = [f"{name}_id" if name in targets.LINKS else name for name in targets.FACTS]
COLUMNS = [*FACT_COLUMNS, "values", "findable", "version", "disputed_at", "dispute"]


class Writer:
    """Writes for one run; `understanding` knows classes and attributes."""

    def __init__(self, run, understanding):
        self.run, self.source, self.understanding = run, run.source, understanding
        self.at = clock.recorded_now()
        self.weaver = relations.Weaver(self.source.slug, self.at)

    def write(self, seen, progress=lambda done: None):
        """Write all lines of the run, then say of the items `seen` that their records were confirmed."""
        writing = ImportLine.objects.filter(run=self.run).exclude(claims={})
        made, waiting, done = {}, [], 0
        # First what is new: other lines may name it.
        for lines in in_chunks(writing.filter(verdict=Verdict.CREATE)):
            self._create(lines)
            made |= {line.number: line.item_id for line in lines}
            waiting += [line.number for line in lines if coming.waits(line)]
            self._say([line for line in lines if not coming.waits(line)])
            bulk.update(lines, ["item_id", "version"])
            progress(done := done + len(lines))
        for lines in in_chunks(writing.exclude(verdict=Verdict.CREATE)):
            self._settle(lines, made)
            self._edit(lines)
            self._say(lines)
            bulk.update(lines, ["version"])
            progress(done := done + len(lines))
        for start in range(0, len(waiting), AT_ONCE):
            lines = list(writing.filter(number__in=waiting[start : start + AT_ONCE]).order_by("number"))
            self._settle(lines, made)
            self._say(lines)
        for start in range(0, len(seen), AT_ONCE):
            self._confirm(seen[start : start + AT_ONCE])

    @staticmethod
    def _settle(lines, made):
        bulk.update(coming.settle(lines, made), ["diff", "kept", "claims"])

    def _say(self, lines):
        """The part that speaks of other items, which all have to be there."""
        self._relate(lines)
        self._claim(lines)

    def _create(self, lines):
        if not lines:
            return
        items = [self._made(line) for line in lines]
        bulk.insert(items)
        for line, item in zip(lines, items, strict=True):
            line.item_id, line.version = item.pk, item.version
        self._publish("item.created", items, [
            {"after": _facts(line.diff, 1) | {"values": item.values, "state": item.state}, "version": item.version}
            for line, item in zip(lines, items, strict=True)
        ])  # fmt: skip

    def _made(self, line):
        item = ConfigurationItem(
            slug=line.slug, item_class_id=line.item_class, organisation_id=self.source.organisation_id
        )
        for target, (_before, after) in line.diff.items():
            targets.put(item, target, after)
        asked = self.understanding.attributes_of(line.item_class).values()
        item.findable = attributes.findable(asked, item.values)
        item.state = self.source.begins_as
        if item.state == LIVE.key and not _is_complete(item, asked, relations.changed_in(line.diff)):
            item.state = DEPLOYING.key
        return item

    def _edit(self, lines):
        """Write what differs; open a dispute where sources quarrel."""
        changing = {line.item_id: line for line in lines if line.diff or line.claims["contested"]}
        items = list(ConfigurationItem.objects.filter(pk__in=changing).order_by("pk"))
        told, writing = [], [{t: after for t, (_b, after) in changing[item.pk].diff.items()} for item in items]
        for item, values in zip(items, living(writing), strict=True):
            line = changing[item.pk]
            write_into(item, values, self.understanding)
            if line.claims["contested"]:
                item.disputed_at, item.dispute = self.at, line.message
            line.version = item.version
            told.append({"before": _all(line.diff, 0), "after": _all(line.diff, 1), "version": item.version})
        if items:
            bulk.update(items, COLUMNS)
            edited = [(item, data) for item, data in zip(items, told, strict=True) if data["after"]]
            self._publish("item.edited", [item for item, _data in edited], [data for _item, data in edited])

    def _relate(self, lines):
        for line in lines:
            for target, (before, after) in relations.changed_in(line.diff).items():
                self.weaver.change(line.item_id, target, before, after)
        origin = {"origin": self.source.slug, "import": self.run.pk}
        news = [(name, item, data | origin) for name, item, data in self.weaver.write()]
        events.publish_all(news, actor=self.run.owner, at=self.at, is_public=False)

    def _claim(self, lines):
        """Keep what the source says now, and what people had written beside it."""
        said = [
            Claim(
                item_id=line.item_id, source=self.source, key=line.claims["key"], said=line.claims["after"],
                run=self.run, seen_at=self.at, disputed_at=self.at if line.claims["contested"] else None,
            )
            for line in lines
        ]  # fmt: skip
        people = [
            Claim(item_id=line.item_id, said=line.claims["people"], run=self.run, seen_at=self.at)
            for line in lines
            if line.claims["people"]
        ]
        keep_claims(said + people)
        self._end_disputes([line.item_id for line in lines if not line.claims["contested"]])

    def _end_disputes(self, pks):
        """A dispute that sources opened ends where they no longer disagree: whoever gave way confirmed the rest."""
        items = agreed_again(ConfigurationItem.objects.filter(pk__in=pks, disputed_at__isnull=False))
        for item in items:
            item.disputed_at, item.dispute, item.version = None, "", item.version + 1
        bulk.update(items, ["disputed_at", "dispute", "version"])
        if items:
            how = {"how": str(self.source)}
            self._publish("item.verified", items, [how | {"version": item.version} for item in items])

    def _confirm(self, pks):
        """Being seen again is no change: it moves the day of the last look, neither version nor ledger."""
        items = ConfigurationItem.objects.filter(pk__in=pks, disputed_at__isnull=True)
        items.update(verified_at=self.at, verified_by=None, verified_how=str(self.source)[:200])
        Claim.objects.filter(source=self.source, item__in=pks).update(seen_at=self.at)

    def _publish(self, name, items, told):
        origin = {"origin": self.source.slug, "import": self.run.pk}
        news = [(name, item, data | origin) for item, data in zip(items, told, strict=True)]
        events.publish_all(news, actor=self.run.owner, at=self.at, is_public=False)


def in_chunks(lines):
    """Lines of a run by their number, some thousands at a time."""
    last = -1
    while some := list(lines.filter(number__gt=last).order_by("number")[:AT_ONCE]):
        last = some[-1].number
        yield some


def write_into(item, values, understanding) -> None:
    """Put stored values into an item, in memory, and count the change."""
    for target, value in values.items():
        targets.put(item, target, value)
    item.findable = attributes.findable(understanding.attributes_of(item.item_class_id).values(), item.values)
    item.version += 1


def keep_claims(claims):
    """Store claims, each instead of what the same source said before of the same item.

    Its own key stays, and so does the note that it once opened a dispute.
    """
    groups = defaultdict(list)
    for claim in claims:
        columns = (("key", claim.key), ("disputed_at", claim.disputed_at))
        groups[tuple(name for name, value in columns if value)].append(claim)
    for columns, some in groups.items():
        columns = ["said", "run", "seen_at", *columns]
        Claim.objects.bulk_create(some, update_conflicts=True, unique_fields=["item", "source"], update_fields=columns)


def voices_about(items) -> dict:
    """{key of an item: [what people wrote, {source: what it says}]}."""
    found = defaultdict(lambda: [{}, {}])
    for claim in Claim.objects.filter(item__in=[item.pk for item in items]).select_related("source"):
        if claim.source is None:
            found[claim.item_id][0] = claim.said
        else:
            found[claim.item_id][1][claim.source.slug] = claim.said
    return found


def agreed_again(disputed) -> list:
    """Those of disputed items whose dispute was opened by sources that disagree no more."""
    items = list(disputed)
    opened = Claim.objects.filter(item__in=[item.pk for item in items], disputed_at__isnull=False)
    opened = set(opened.values_list("item", "disputed_at"))
    voices = voices_about(items)
    return [item for item in items if (item.pk, item.disputed_at) in opened and not quarrel(*voices[item.pk])]


def living(changes) -> list[dict]:
    """The same {target: value} of several items, without links to rows that are gone by now."""
    models = {name: ConfigurationItem._meta.get_field(name).related_model for name in targets.LINKS}
    alive = {}
    for name, model in models.items():
        asked = {change[name] for change in changes if change.get(name)}
        alive[name] = set(model._base_manager.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
    related = {pk for one in changes for target in one if targets.is_relation(target) for pk in one[target] or ()}
    others = set(ConfigurationItem.objects.filter(pk__in=related).values_list("pk", flat=True)) if related else set()

    def living_value(target, value):
        if targets.is_relation(target):
            return [pk for pk in value or () if pk in others] or None
        return None if target in models and value not in alive[target] else value

    return [{target: living_value(target, value) for target, value in one.items()} for one in changes]


def _is_complete(item, asked, related) -> bool:
    """Whether a new item may be live at once: without a relation it must say why it stands alone."""
    facts = (item.owner_id, item.support_team_id, item.environment, item.standalone or related)
    return all(facts) and all(one.key in item.values for one in asked if one.is_required)


def _facts(diff, side) -> dict:
    return {target: pair[side] for target, pair in diff.items() if target in targets.FACTS}


def _all(diff, side) -> dict:
    """As the ledger names what changed: facts by name, attributes by key."""
    plain = ((target, pair) for target, pair in diff.items() if not targets.is_relation(target))
    return {target.removeprefix("value_"): pair[side] for target, pair in plain}
