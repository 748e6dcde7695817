"""Reading agreements: lists, the table of promises, remarks beside their rows."""

from itertools import groupby
from typing import NamedTuple

from django.utils.text import capfirst

from cmdb.selectors.classes import class_words
from sla import access, durations, workflow
from sla.models import AgreementVersion, Clause, Clock, Recalculation, Remark, Side, Target
from sla.models.calendar import CalendarVersion, compiled_calendar
from sla.selectors import followers
from tickets import kinds
from tickets.vocabulary import PendingReason, Priority

State = AgreementVersion.State
LIVE = (*AgreementVersion.EDITABLE, State.PENDING_SIGNATURE, *AgreementVersion.BINDING)


def versions_for(user, *, kind="", state=""):
    """The versions a person sees, by kind and rank; without a state those that are not over."""
    versions = AgreementVersion.objects.visible_to(user).filter(state__in=[state] if state else LIVE)
    if kind:
        versions = versions.filter(agreement__kind=kind)
    versions = versions.select_related(
        "agreement__customer", "agreement__supplier", "agreement__team", "agreement__owner"
    )
    return versions.order_by("agreement__kind", "agreement__rank", "agreement__slug", "-number")


def ordinary_days(targets) -> dict[int, int | None]:
    """{calendar id: seconds of its ordinary working day, None where its days differ} for the targets' calendars."""
    calendars = {target.calendar_id for target in targets}
    latest = CalendarVersion.objects.filter(calendar__in=calendars).order_by("calendar_id", "-number")
    current = latest.distinct("calendar_id").values_list("calendar_id", "pk")
    return {calendar: durations.ordinary_day(compiled_calendar(pk)) for calendar, pk in current}


class Promise(NamedTuple):
    """A target as people read it: `words` are its length exactly, days only where the calendar's days are equal."""

    target: Target
    words: str


class PromiseRow(NamedTuple):
    """One priority: for each metric of the table its promise, or None."""

    priority: str
    promises: list[tuple[str, Promise | None]]


class PromiseTable(NamedTuple):
    """What is promised for one kind of ticket; `settings` names one target for each metric, whose rules hold for all of
    them."""

    kind: str
    metrics: list[str]
    rows: list[PromiseRow]
    settings: list[tuple[str, list[Target]]]

    @property
    def promises(self) -> list[Promise]:
        return [promise for row in self.rows for _metric, promise in row.promises if promise]


def promise_tables(version) -> list[PromiseTable]:
    """Priority × metric, a table for each kind of ticket that something is promised for."""
    targets = list(version.targets.select_related("calendar").order_by("kind", "priority"))
    days = ordinary_days(targets)
    return [_promise_table(kind, list(found), days) for kind, found in groupby(targets, lambda one: one.kind)]


def _promise_table(kind, targets, days):
    metrics = [metric for metric in Target.Metric if any(target.metric == metric for target in targets)]
    cells = {
        (target.priority, target.metric): Promise(
            target, durations.words(target.seconds, day=days.get(target.calendar_id))
        )
        for target in targets
    }
    rows = [
        PromiseRow(str(Priority(priority).label), [(m.label, cells.get((priority, m))) for m in metrics])
        for priority in dict.fromkeys(target.priority for target in targets)
    ]
    settings = [(m.label, next(target for target in targets if target.metric == m)) for m in metrics]
    return PromiseTable(kind_words(kind), [metric.label for metric in metrics], rows, settings)


def kind_words(kind) -> str:
    """The name of a kind of ticket; its key where no such kind is installed any more."""
    return capfirst(dict(kinds.choices()).get(kind, kind))


def reason_words(reasons) -> list[str]:
    """Pending reasons as words, in their usual order."""
    return [str(reason.label) for reason in PendingReason if reason.value in reasons]


class Said(NamedTuple):
    """A remark with its counter-proposal in words, and what the reader may answer to it."""

    remark: Remark
    proposed: list[tuple[str, str]]
    answers: tuple[str, ...]


def remarks_by_row(version, user, tables) -> dict[tuple, list[Said]]:
    """{("target" | "clause" | "", row id): remarks}, oldest first."""
    side = access.side_of(user, version) if version.state == State.NEGOTIATING else None
    targets = {promise.target.pk: promise.target for table in tables for promise in table.promises}
    lengths = ordinary_days(targets.values())
    found = {}
    for said in version.remarks.select_related("author", "decided_by", "clause"):
        answers = ()
        if side and said.state == Remark.State.OPEN:
            answers = ("withdraw",) if side == said.side else ("accept", "decline")
        target = targets.get(said.target_id)
        row = (
            ("target", said.target_id) if said.target_id else ("clause", said.clause_id) if said.clause_id else ("", 0)
        )
        found.setdefault(row, []).append(Said(said, _proposed(said, target, lengths), answers))
    return found


def _proposed(said, target, lengths):
    if "seconds" in said.proposal:
        day = lengths.get(target.calendar_id) if target else None
        return [("", durations.words(said.proposal["seconds"], day=day))]
    names = {"text_zh": "中文", "text_en": "English"}
    return [(names[name], text) for name, text in said.proposal.items()]


class Pace(NamedTuple):
    """One state on the way to force. `mark`: done | here | ahead."""

    label: str
    mark: str


def way_of(version) -> list[Pace]:
    """The bar of states: the usual way, and at its end where the version came to."""
    keys = [*workflow.PATH]
    if version.state not in keys:
        keys.append(version.state)
    here = keys.index(version.state)
    marks = ["done" if place < here else "here" if place == here else "ahead" for place in range(len(keys))]
    return [Pace(str(State(key).label), mark) for key, mark in zip(keys, marks, strict=True)]


def sides_of(version) -> list[tuple]:
    """[(side, who signs for it, their latest signature or None)]."""
    signatures = {}
    for signature in version.signatures.select_related("person").order_by("signed_at"):
        signatures[signature.side] = signature
    return [
        (Side.PROVIDER, version.provider_signer, signatures.get("provider")),
        (Side.OTHER, version.other_signer, signatures.get("other")),
    ]


def clauses_of(version) -> list[Clause]:
    """The clauses in the order a reader expects: purpose first, review last."""
    order = Clause.Section.values
    return sorted(version.clauses.all(), key=lambda clause: (order.index(clause.section), clause.position, clause.pk))


def scope_words(version) -> dict[str, list[str]]:
    """The priorities and kinds of items a version is narrowed to, as words; empty where it takes all."""
    return {
        "priorities": [str(Priority(one).label) for one in sorted(version.priorities)],
        "item_kinds": class_words(version.item_kinds),
    }


class Carrying(NamedTuple):
    """How far a version in force has reached the open tickets: clocks that count by an older one, and the last job."""

    behind: int
    job: Recalculation | None


def carrying_of(version) -> Carrying:
    behind = Clock.objects.filter(agreement__agreement=version.agreement_id, stage__in=followers.OPEN)
    job = Recalculation.objects.filter(agreement=version.agreement_id).first()
    return Carrying(behind.exclude(agreement=version).count(), job)
