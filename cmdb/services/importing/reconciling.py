"""The plan of an import: every row is matched and decided. A dry run ends here; applying goes on in `writing`."""

import hashlib
import json
from dataclasses import dataclass, field
from itertools import islice

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from cmdb import targets
from cmdb.models import ConfigurationItem, ImportLine
from cmdb.services.importing import relations
from cmdb.services.importing.coming import Coming, coming_in
from cmdb.services.importing.deciding import Decision, Voices, decide, make
from cmdb.services.importing.matching import Matching
from cmdb.services.importing.taken import Taken
from cmdb.services.importing.understanding import Understanding
from cmdb.vocabulary import Verdict
from core import rows as bulk

AT_ONCE = 2000
MOST_ATTEMPTS = 4


@dataclass
class Plan:
    """Lines by verdict, the digest of all that would be written, the items that were seen and agree, and the numbers of
    the lines that make one."""

    counts: dict = field(default_factory=dict)
    seen: list = field(default_factory=list)
    making: set = field(default_factory=set)
    _digest: object = field(default_factory=hashlib.sha256)

    def add(self, decisions):
        for one in decisions:
            self.counts[one.verdict] = self.counts.get(one.verdict, 0) + 1
            if one.item is not None and one.verdict in (Verdict.SAME, Verdict.UPDATE, Verdict.KEPT):
                self.seen.append(one.item.pk)
            if one.verdict == Verdict.CREATE:
                self.making.add(one.row.number)
            told = [one.row.number, one.verdict, one.slug, one.diff, one.kept, one.message]
            self._digest.update(json.dumps(told, cls=DjangoJSONEncoder, sort_keys=True).encode())

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


def plan(run, read, *, is_locking=False, progress=lambda done: None) -> Plan:
    """Match and decide all rows; keep as lines of `run` what would be written or must be said. Writes no item.

    `read()` gives (line number, {target: text}, the line as read), and may be called again. With `is_locking` the items
    found stay locked to the end of the transaction. `progress` is called with the number of rows done.
    """
    understanding = Understanding(run.source, run.owner)
    coming = coming_in(read, run.columns, understanding.unique)
    for attempt in range(MOST_ATTEMPTS):
        # The last time nothing is coming any more: chains of errors are told one after the other, but not for ever.
        understanding.coming = coming if attempt < MOST_ATTEMPTS - 1 else Coming()
        whole = _plan_once(run, read(), understanding, is_locking, progress)
        missed = understanding.coming.relied_on - whole.making
        if not missed:
            break
        coming = coming.without(missed)
    return whole


def _plan_once(run, numbered, understanding, is_locking, progress) -> Plan:
    source = run.source
    matching = Matching(source, _found_among(run, is_locking))
    taken, whole = Taken(source, understanding), Plan()
    ImportLine.objects.filter(run=run).delete()
    done = 0
    while chunk := list(islice(numbered, AT_ONCE)):
        decisions = _decisions(source, understanding, matching, understanding.rows(chunk))
        taken.refuse_in(decisions)
        whole.add(decisions)
        _keep(run, [one for one in decisions if one.is_news])
        done += len(chunk)
        progress(done)
    return whole


def _found_among(run, is_locking):
    """Items that a run may find: those its owner sees, and of the source's customer where it names one."""
    items = ConfigurationItem.objects.all() if run.owner is None else ConfigurationItem.objects.visible_to(run.owner)
    if run.source.organisation_id:
        items = items.filter(organisation=run.source.organisation_id)
    # Keys stay: whoever makes an item that names one of these need not wait for the import.
    return items.select_for_update(of=("self",), no_key=True) if is_locking else items


def _decisions(source, understanding, matching, rows) -> list[Decision]:
    found = matching.match([row for row in rows if not row.problems])
    known = [item for item in found.values() if isinstance(item, ConfigurationItem)]
    voices = Voices(source, known)
    if any(targets.is_relation(target) for row in rows for target in row.told):
        relations.attach(known)
    made = []
    for row in rows:
        item = found.get(row.number)
        if row.problems:
            one = Decision(row, Verdict.ERROR)
            one.refuse(Verdict.ERROR, " ".join(row.problems))
        elif isinstance(item, str):
            one = Decision(row, Verdict.CONFLICT)
            one.refuse(Verdict.CONFLICT, item)
        elif item is None:
            one = make(row, source)
        elif any(item.pk in row.told[target] for target in row.told if targets.is_relation(target)):
            one = Decision(row, Verdict.ERROR)
            one.refuse(Verdict.ERROR, _("An item cannot be related to itself."))
        else:
            relations.add_settled(row.told, item)
            one = decide(row, item, source, voices, understanding.attributes_of(item.item_class_id))
        made.append(one)
    return made


def _keep(run, decisions):
    """Store decisions as lines."""
    if not decisions:
        return
    bulk.insert_columns(ImportLine, {
        "run_id": run.pk,
        "number": [one.row.number for one in decisions],
        "verdict": [str(one.verdict) for one in decisions],
        "item_id": [one.item and one.item.pk for one in decisions],
        "slug": [one.slug for one in decisions],
        "item_class": [one.item_class or "" for one in decisions],
        "diff": [one.diff for one in decisions],
        "kept": [one.kept for one in decisions],
        "claims": [one.claims and {**one.claims, "key": one.row.key, "contested": one.contested} for one in decisions],
        "raw": [{} if one.claims else one.row.raw for one in decisions],
        "message": [one.message for one in decisions],
        "left": "",
    })  # fmt: skip
