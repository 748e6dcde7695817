"""Imports and their lines, as pages show them."""

from hmac import compare_digest
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.selectors import digest_of
from cmdb import targets
from cmdb.models import Attribute, Claim, ConfigurationItem, ImportLine, ImportRun, RelationType, Source
from cmdb.selectors.history import Change, Words
from cmdb.vocabulary import RunState, SourceKind
from cmdb.workflow import IN_SERVICE

PAGE = 50
LATEST = 3


class Told(NamedTuple):
    """A line with what it changes and what it leaves, in words."""

    line: ImportLine
    changes: list[Change]
    kept: list[Change]

    @property
    def drift(self) -> list[Change]:
        """Where an item in service was found other than its record says: {record} → {found}."""
        item = self.line.item
        if item is None or item.state not in IN_SERVICE:
            return []
        return [change for change in (*self.changes, *self.kept) if change.before and change.after]


class LinePage(NamedTuple):
    rows: list
    next: int | None


def source_of_agents(slug, secret) -> Source | None:
    """The source whose agents sign in with this short name and token; None where no such token is in force."""
    found = Source.objects.filter(slug=slug.replace("\0", ""), kind=SourceKind.AGENT, is_active=True).first()
    if found is None or not found.token_digest:
        return None
    return found if compare_digest(found.token_digest, digest_of(secret)) else None


def reported_of(item) -> list[Claim]:
    """What agents last reported of an item beside its attributes, each with its source."""
    claims = Claim.objects.filter(item=item.pk, source__kind=SourceKind.AGENT).exclude(details={})
    return list(claims.select_related("source"))


def runs_for(user, *, before=None):
    """Imports that were not discarded, the newest first."""
    found = ImportRun.objects.visible_to(user).exclude(state="discarded").select_related("source", "owner")
    return (found.filter(pk__lt=before) if before else found)[: PAGE + 1]


def lines_of(user, run, *, verdict="", after=0) -> LinePage:
    """A page of a run's lines after line `after`."""
    found = list(filtered(user, run, verdict).filter(number__gt=after).select_related("item")[: PAGE + 1])
    return LinePage(_told(user, found[:PAGE]), found[PAGE - 1].number if len(found) > PAGE else None)


def drift_of(user, key) -> Told | None:
    """The visible line `key` of an import, if it shows drift of an item; its run and source come along."""
    found = ImportLine.objects.visible_to(user).filter(pk=key, item__isnull=False)
    told = _told(user, list(found.select_related("item", "run__source")))
    return next((one for one in told if one.drift), None)


def drift_on(user, item) -> list[Told]:
    """What the latest applied imports and reports found other than the record of an item said, the newest first."""
    found = ImportLine.objects.visible_to(user).filter(item=item, run__state=RunState.APPLIED)
    latest = found.select_related("item", "run__source").order_by("-run", "number")[:LATEST]
    return [one for one in _told(user, list(latest)) if one.drift]


def _told(user, lines) -> list[Told]:
    told = [{"before": _side(pairs, 0), "after": _side(pairs, 1)} for line in lines for pairs in (line.diff, line.kept)]
    words = _LineWords(user, Attribute.objects.filter(retired_at=None), told)
    return [Told(line, _changes(line.diff, words), _changes(line.kept, words)) for line in lines]


class _LineWords(Words):
    """The words of lines, which name relations beside facts and attributes."""

    def __init__(self, user, attributes, mentions):
        super().__init__(user, attributes, mentions)
        facts = [data[part] for data in mentions for part in ("before", "after")]
        ends = {pk for one in facts for key in one if targets.is_relation(key) for pk in one[key] or ()}
        self.ends = ConfigurationItem.objects.visible_to(user).in_bulk(ends) if ends else {}
        self.labels = targets.labels((), RelationType.objects.all()) if ends else {}

    def name(self, key) -> str:
        return self.labels.get(key, key) if targets.is_relation(key) else super().name(key)

    def value(self, key, value) -> str:
        if not targets.is_relation(key):
            return super().value(key, value)
        return ", ".join(self._end(pk) for pk in value or ())

    def _end(self, pk) -> str:
        """An item by its name; one that the file has yet to make by minus its line."""
        if pk < 0:
            return _("what line %(number)s makes") % {"number": -pk}
        return str(self.ends.get(pk) or _("an item that you may not see"))


def filtered(user, run, verdict=""):
    """Lines of a run by verdict; "left" are those that undoing had to leave."""
    rows = ImportLine.objects.visible_to(user).filter(run=run)
    if verdict == "left":
        return rows.exclude(left="")
    return rows.filter(verdict=verdict) if verdict else rows


def _side(pairs, side) -> dict:
    return {target.removeprefix("value_"): pair[side] for target, pair in pairs.items()}


def _changes(pairs, words) -> list[Change]:
    plain = ((target.removeprefix("value_"), before, after) for target, (before, after) in pairs.items())
    order = list(targets.FACTS)
    known = sorted(plain, key=lambda one: order.index(one[0]) if one[0] in order else len(order))
    return [Change(words.name(key), words.value(key, before), words.value(key, after)) for key, before, after in known]
