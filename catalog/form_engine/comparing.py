"""What a newer definition, or a newer answer, says otherwise."""

from typing import NamedTuple


class Difference(NamedTuple):
    """One field. `how`: added | removed | changed | moved; `names` are the properties that changed."""

    key: str
    how: str
    before: object
    after: object
    names: tuple[str, ...] = ()


def differences(older, newer) -> list[Difference]:
    """Fields that differ between two definitions, in the order of the newer one, those that are gone last."""
    before = {field["key"]: field for field in older.get("fields", ())}
    after = {field["key"]: field for field in newer.get("fields", ())}
    kept_before = [key for key in before if key in after]
    kept_after = [key for key in after if key in before]
    moved = {key for old, key in zip(kept_before, kept_after, strict=True) if old != key}
    found = []
    for key, field in after.items():
        if key not in before:
            found.append(Difference(key, "added", None, field))
        elif field != before[key]:
            names = sorted(name for name in {*field, *before[key]} if field.get(name) != before[key].get(name))
            found.append(Difference(key, "changed", before[key], field, tuple(names)))
        elif key in moved:
            found.append(Difference(key, "moved", before[key], field))
    return found + [Difference(key, "removed", field, None) for key, field in before.items() if key not in after]
