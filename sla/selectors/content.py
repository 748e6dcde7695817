"""What a version says, as one plain value: signed by its digest, compared row by row, and nothing else beside it.

Names of people, services and organisations may change; what was agreed refers to them by login and short name.
"""

import hashlib
import json
from typing import NamedTuple

from sla.selectors.aligning import aligned

PARTIES, SCOPE, TERMS, TARGETS, CLAUSES = "parties", "scope", "terms", "targets", "clauses"


def content_of(version) -> dict[str, dict[str, dict]]:
    """{part: {row: {field: value}}} over every row of a version; JSON values only. Six queries."""
    return {
        PARTIES: {"": _parties(version.agreement)},
        SCOPE: {"": _scope(version)},
        TERMS: {"": _terms(version)},
        TARGETS: {_key_of(target): _target(target) for target in version.targets.select_related("calendar")},
        CLAUSES: dict(_clauses(version)),
    }


def digest_of(version) -> str:
    """What a signature stands under: changes with any row of the version."""
    plain = json.dumps([version.number, content_of(version)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


class Difference(NamedTuple):
    """One field of one row in two versions; None where the row is not there.

    `how`: added | removed | changed; a clause that went elsewhere is `moved`, its only field the row it stood in.
    """

    part: str
    row: str
    field: str
    before: object
    after: object
    how: str


def differences(older, newer) -> list[Difference]:
    """What the newer version says otherwise, in the order of the parts."""
    before, after = content_of(older), content_of(newer)
    found = []
    for part in before:
        if part == CLAUSES:
            found += _clauses_compared(before[part], after[part])
            continue
        rows = [*before[part], *(row for row in after[part] if row not in before[part])]
        for row in rows:
            found += _row(part, row, before[part].get(row), after[part].get(row))
    return found


def _clauses_compared(before, after):
    found = []
    for old, new, is_moved in aligned(before, after):
        if is_moved:
            found.append(Difference(CLAUSES, new, "place", old, new, "moved"))
        found += _row(CLAUSES, new or old, before.get(old), after.get(new))
    return found


def _row(part, row, old, new):
    how = "added" if old is None else "removed" if new is None else "changed"
    old, new = old or {}, new or {}
    return [
        Difference(part, row, field, old.get(field), new.get(field), how)
        for field in (old or new)
        if old.get(field) != new.get(field)
    ]


def _parties(agreement):
    parties = {name: getattr(agreement, name) for name in ("customer", "supplier", "team")}
    slugs = {name: party.slug if party else None for name, party in parties.items()}
    return {"agreement": agreement.slug, "kind": agreement.kind, **slugs}


def _scope(version):
    return {
        "services": sorted(version.services.values_list("slug", flat=True)),
        "excluded_services": sorted(version.excluded_services.values_list("slug", flat=True)),
        "item_kinds": sorted(version.item_kinds),
        "priorities": sorted(version.priorities),
    }


def _terms(version):
    return {
        "starts_on": version.starts_on and version.starts_on.isoformat(),
        "ends_on": version.ends_on and version.ends_on.isoformat(),
        "policy": version.policy and version.policy.slug,
        "provider_signer": version.provider_signer and version.provider_signer.username,
        "other_signer": version.other_signer and version.other_signer.username,
    }


def _key_of(target):
    return f"{target.kind}/{target.metric}/{target.priority}"


def _target(target):
    return {
        "seconds": target.seconds,
        "calendar": target.calendar.slug,
        "thresholds": sorted(target.thresholds),
        "pausing_reasons": sorted(target.pausing_reasons),
        "on_retarget": target.on_retarget,
        "on_reopen": target.on_reopen,
        "team_mode": target.team_mode,
    }


def _clauses(version):
    """Clauses are known by their section and their place in it."""
    places = {}
    for clause in version.clauses.all():
        places[clause.section] = places.get(clause.section, 0) + 1
        yield f"{clause.section}/{places[clause.section]}", {"text_zh": clause.text_zh, "text_en": clause.text_en}
