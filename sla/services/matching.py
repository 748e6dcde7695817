"""Which agreements bind a ticket, and by which terms they count."""

import hashlib
import json
from functools import lru_cache

from django.db.models import Case, Q, Value, When

from sla.models import Agreement, AgreementVersion, CalendarVersion, Target, Terms
from sla.selectors import scopes

Kind = Agreement.Kind


def bindings_for(ticket, *, kept=()) -> dict[tuple, AgreementVersion]:
    """The versions that bind a ticket: {(kind, team id, supplier id): version}, at most one each; none is legitimate.

    A version fits when it is in force and its scope holds the ticket. The lowest rank wins. `kept` are the versions
    by which the ticket's clocks count already: they stay even when superseded or expired, as long as they fit.
    """
    fitting = (
        AgreementVersion.objects.filter(Q(state__in=AgreementVersion.BINDING) | Q(pk__in=kept))
        .filter(scopes.holding(ticket))
        .annotate(is_new=Case(When(pk__in=list(kept), then=Value(0)), default=Value(1)))
        .select_related("agreement", "policy")
        .order_by("agreement__rank", "agreement_id", "is_new", "-number")
    )
    bindings = {}
    for version in fitting:
        agreement = version.agreement
        bindings.setdefault((agreement.kind, agreement.team_id, agreement.supplier_id), version)
    return bindings


def terms_by_metric(versions, kind) -> dict[int, dict[str, int]]:
    """{id of a version: {metric: id of its terms}} for a kind of ticket, by the calendar versions in force now."""
    contents = {version.pk: _contents_in_force(version, kind) for version in versions}
    ids = iter(stored([content for by_metric in contents.values() for content in by_metric.values()]))
    return {pk: {metric: next(ids) for metric in by_metric} for pk, by_metric in contents.items()}


def _contents_in_force(version, kind) -> dict[str, dict]:
    revision = version.policy.revision if version.policy else 0
    return _known_contents(version.pk, kind, calendars_in_force(version), revision)


@lru_cache(maxsize=1024)
def _known_contents(version_id, kind, latest, policy_revision) -> dict[str, dict]:
    """Kept in the process: neither a version that binds changes, nor a calendar's version, nor a policy's revision.
    The ids of the rows are not kept: a row may have been written in a transaction that was rolled back."""
    version = AgreementVersion.objects.select_related("agreement", "policy").get(pk=version_id)
    return contents_by_metric(version, kind, dict(latest))


def calendars_in_force(version) -> tuple[tuple[int, int], ...]:
    """(calendar id, id of its latest version) of the calendars that a version's targets name."""
    calendars = CalendarVersion.objects.filter(calendar__in=Target.objects.filter(version=version).values("calendar"))
    return tuple(calendars.order_by("calendar_id", "-number").distinct("calendar_id").values_list("calendar_id", "pk"))


def contents_by_metric(version, kind, calendars) -> dict[str, dict]:
    """{metric: the terms in plain values} of a version for a kind of ticket; `calendars` are {id: key of its version}.

    Nothing is stored: a draft is tried out by these.
    """
    contents = {}
    for target in version.targets.filter(kind=kind).order_by("metric", "priority"):
        content = contents.setdefault(target.metric, _content(version, target))
        content["targets"][str(target.priority)] = target.seconds
        content["calendars"][str(target.priority)] = calendars[target.calendar_id]
    return contents


def _content(version, target) -> dict:
    kind = version.agreement.kind
    return {
        "metric": target.metric,
        "targets": {},
        "calendars": {},
        "thresholds": target.thresholds,
        "steps": _steps(version.policy, target.metric),
        "pausing_reasons": [] if kind == Kind.UC else target.pausing_reasons,
        "waits_for": ["vendor"] if kind == Kind.UC else [],
        "team": version.agreement.team_id if kind == Kind.OLA else None,
        "per_assignment": kind != Kind.SLA and target.team_mode == Target.TeamMode.PER_ASSIGNMENT,
        "on_retarget": target.on_retarget,
        # An update owed again after every answer: each wait is a cycle of its own.
        "on_reopen": "restart" if target.metric == Target.Metric.NEXT_UPDATE else target.on_reopen,
    }


def _steps(policy, metric) -> list[dict]:
    steps = policy.steps.all() if policy else ()
    return [
        {
            "mark": [step.pct, step.offset_minutes * 60] if step.offset_minutes else step.pct,
            "action": step.action,
            "team": step.team_id,
            "roster": step.roster_id,
            "acknowledge_minutes": step.acknowledge_minutes,
        }
        for step in steps
        if step.metric in ("", metric)
    ]


def stored(contents) -> list[int]:
    """The ids of the rows that hold these terms, one for each; those that nobody counted by before are written.

    In one statement and in the order of their digests, so that two who write the same terms at the same time wait for
    one another in turn instead of both.
    """
    digests = [hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest() for content in contents]
    found = _ids_by_digest(digests)
    missing = {digest: content for digest, content in zip(digests, contents, strict=True) if digest not in found}
    if missing:
        rows = [Terms(digest=digest, content=missing[digest]) for digest in sorted(missing)]
        Terms.objects.bulk_create(rows, ignore_conflicts=True)
        found = _ids_by_digest(digests)
    return [found[digest] for digest in digests]


def _ids_by_digest(digests) -> dict[str, int]:
    return dict(Terms.objects.filter(digest__in=digests).values_list("digest", "pk"))
