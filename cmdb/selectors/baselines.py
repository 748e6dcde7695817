"""What a baseline holds, and how two of them differ."""

from typing import NamedTuple

from cmdb.models import ConfigurationItem, Relation
from cmdb.selectors import impact

FACTS = (
    "item_class_id", "name_zh", "name_en", "state", "owner_id", "used_by_id", "support_team_id", "criticality",
    "environment", "location_id", "standalone",
)  # fmt: skip


class Difference(NamedTuple):
    """One thing that differs: on item `slug`, fact or attribute `what`, from `before` to `after`."""

    slug: str
    what: str
    before: object
    after: object


def content_of(item, *, is_whole) -> dict:
    """{short name: {facts, values, relations}} of an item, or of it and everything it needs, as of now."""
    wanted = list(impact.needs([item.pk])) if is_whole else [item.pk]
    items = ConfigurationItem.objects.in_bulk(wanted)
    content = {
        one.slug: {"facts": {name: getattr(one, name) for name in FACTS}, "values": one.values, "relations": []}
        for one in items.values()
    }
    relations = Relation.objects.filter(source__in=wanted).order_by("relation_type__slug", "target__slug")
    for source, verb, target in relations.values_list("source_id", "relation_type__slug", "target__slug"):
        content[items[source].slug]["relations"].append(f"{verb} {target}")
    return content


def differences(before, after) -> list[Difference]:
    """What differs from one content to another: items that came or went, facts, attributes, relations."""
    found = []
    for slug in sorted(before.keys() | after.keys()):
        old, new = before.get(slug), after.get(slug)
        if old is None or new is None:
            found.append(Difference(slug, "", old and slug, new and slug))
            continue
        for part in ("facts", "values"):
            for name in sorted(old[part].keys() | new[part].keys()):
                if old[part].get(name) != new[part].get(name):
                    found.append(Difference(slug, name, old[part].get(name), new[part].get(name)))
        gone, come = set(old["relations"]) - set(new["relations"]), set(new["relations"]) - set(old["relations"])
        found += [Difference(slug, "relation", relation, None) for relation in sorted(gone)]
        found += [Difference(slug, "relation", None, relation) for relation in sorted(come)]
    return found
