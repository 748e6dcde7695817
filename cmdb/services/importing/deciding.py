"""What becomes of a row: which values are written, which are outranked, what the claims are afterwards."""

from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cmdb import targets
from cmdb.authority import HAND, settle
from cmdb.models import Claim, RelationType
from cmdb.vocabulary import Verdict


@dataclass(slots=True)
class Decision:
    """`claims` is what the source said "before" and says "after" and what "people" wrote: {target: [rank, value]}."""

    row: object
    verdict: str
    item: object = None
    slug: str = ""
    item_class: str = ""
    diff: dict = field(default_factory=dict)
    kept: dict = field(default_factory=dict)
    claims: dict = field(default_factory=dict)
    contested: list = field(default_factory=list)
    message: str = ""

    def refuse(self, verdict, message):
        """Nothing is written for this row."""
        self.verdict, self.message = verdict, str(message)[:500]
        self.diff, self.kept, self.claims, self.contested = {}, {}, {}, []

    @property
    def is_news(self) -> bool:
        """Whether anything is written, or must be said: rows of which all is known already are only counted."""
        return self.verdict != Verdict.SAME or self.claims["before"] != self.claims["after"]


class Voices:
    """All that is said of some items: by this source, by others, by people."""

    def __init__(self, source, items):
        self.source, self._by_item = source, {}
        for claim in Claim.objects.filter(item__in=list(items)).select_related("source"):
            self._by_item.setdefault(claim.item_id, {})[claim.source and claim.source.slug] = claim.said

    def of(self, item) -> tuple:
        """(what this source said or None, what people wrote, {source: what it said} of the others)."""
        said = dict(self._by_item.get(item.pk, {}))
        return said.pop(self.source.slug, None), said.pop(None, {}), said


def decide(row, item, source, voices, known) -> Decision:
    """What a row does to the item it is about. Pure but for its arguments.

    `known` are the attributes of the item's class by key: what that class does not have is nothing to it.
    """
    mine, by_hand, others = voices.of(item)
    now = {**(mine or {}), **{t: [source.rank_of(t), value] for t, value in row.told.items() if _is_of(t, known)}}
    made = Decision(row, Verdict.SAME, item, item.slug, item.item_class_id)
    hands = dict(by_hand)
    for target in [target for target in row.told if target in now]:
        here = targets.held(item, target)
        before = settled(target, hands, {**others, source.slug: mine or {}})
        # What stands there and was not left by the sources was written by somebody since.
        is_unsaid = here is None or (before.value is None and here == targets.UNSAID.get(target))
        if is_unsaid:
            hands.pop(target, None)
        elif here != before.value:
            hands[target] = [HAND, here]
        after = settled(target, hands, {**others, source.slug: now})
        if after.value != here:
            made.diff[target] = [here, after.value]
        if after.value != row.told[target]:
            made.kept[target] = [after.value, row.told[target]]
        if after.is_contested and (mine or {}).get(target) != now[target]:
            made.contested.append(target)
    made.claims = {"before": mine, "after": now, "people": hands}
    if made.contested:
        made.verdict = Verdict.CONFLICT
        named = ", ".join(_label(target, known) for target in made.contested)
        made.message = _("Two sources of the same authority disagree about: %(names)s.") % {"names": named}
    elif made.diff:
        made.verdict = Verdict.UPDATE
    elif made.kept:
        made.verdict = Verdict.KEPT if now != mine else Verdict.SAME
    return made


def make(row, source) -> Decision:
    """What a row does that is about no known item. Its short name is its own, or made from what identifies it."""
    made = Decision(row, Verdict.CREATE, slug=row.slug or made_up_slug(row), item_class=row.item_class)
    said = {target: [source.rank_of(target), value] for target, value in row.told.items()}
    made.diff = {target: [None, value] for target, value in row.told.items()}
    made.claims = {"before": None, "after": said, "people": {}}
    if not source.creates:
        made.refuse(Verdict.ERROR, _("No such item is known, and this source makes none."))
    elif not (row.told.get("name_zh") or row.told.get("name_en")):
        made.refuse(Verdict.ERROR, _("Give it a name in at least one language."))
    elif not made.slug:
        made.refuse(Verdict.ERROR, _("Give it a short name: nothing in this line could be made into one."))
    return made


def made_up_slug(row) -> str:
    told = (row.told.get(t) for t in ("name_en", "value_asset_tag", "value_serial_number", "name_zh"))
    words = (slugify(str(word))[:80].strip("-") for word in (*told, row.key) if word)
    return next((word for word in words if word), "")


def quarrel(hands, voices) -> bool:
    """Whether sources of the same, highest authority disagree about anything."""
    spoken = {target for words in voices.values() for target in words}
    return any(settled(target, hands, voices).is_contested for target in spoken)


def settled(target, hands, voices):
    """What `target` should hold, given what people wrote and {source: what it says}."""
    said = [(slug, words[target]) for slug, words in voices.items() if target in words]
    return settle(said, hands.get(target, [HAND, None])[1])


def _is_of(target, known) -> bool:
    return not target.startswith("value_") or target.removeprefix("value_") in known


def _label(target, known):
    if targets.is_relation(target):
        return targets.labels((), RelationType.objects.all())[target]
    return str(targets.FACTS[target] if target in targets.FACTS else known[target.removeprefix("value_")].name)
