"""From what somebody sent to an answer that can be kept: hidden fields dropped, every other one checked."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from catalog.form_engine import reading
from catalog.form_engine.conditions import all_hold, is_filled
from catalog.vocabulary import FieldKind


@dataclass(frozen=True)
class World:
    """What a form cannot know by itself. `has_person` and `has_item` say whether the one who answers may name it;
    `files` are by field the names of the files that were sent along or lie there already."""

    has_person: Callable[[str], bool] = lambda login: False
    has_item: Callable[[str], bool] = lambda slug: False
    files: dict[str, Collection[str]] = field(default_factory=dict)


def visible_keys(definition, answers) -> set[str]:
    """Fields that show for these answers. What a hidden field once held counts as nothing."""
    fields = {one["key"]: one for one in definition["fields"]}
    shown: dict[str, bool] = {}

    def shows(key) -> bool:
        if key not in shown:
            shown[key] = False  # Definitions have no rings; a broken one must still end.
            conditions = fields[key].get("visible_if") or ()
            seen = {one["field"]: answers.get(one["field"]) if shows(one["field"]) else None for one in conditions}
            shown[key] = all_hold(conditions, seen)
        return shown[key]

    return {key for key in fields if shows(key)}


def clean(definition, answers, world=None) -> tuple[dict, dict[str, list[str]]]:
    """(what to keep, problems by field) of answers to a published definition; JSON values in, JSON values out.

    Each value is read by its kind, whether it came from a page (words) or from a program. Unknown fields are a
    problem, hidden ones are dropped without a word.
    """
    world = world or World()
    if not isinstance(answers, dict):
        return {}, {"": [_("Send an object with the answers by field.")]}
    fields = {one["key"]: one for one in definition["fields"]}
    problems = {str(key)[:80]: [_("This form has no such field.")] for key in answers if key not in fields}
    read = {}
    for key, one in fields.items():
        try:
            read[key] = reading.value_of(one, answers.get(key), world)
        except reading.Unreadable as unreadable:
            read[key] = answers.get(key)
            problems[key] = unreadable.messages
    kept, shown = {}, visible_keys(definition, read)
    seen = {key: value for key, value in read.items() if key in shown}
    for key, one in fields.items():
        if key not in shown:
            problems.pop(key, None)
        elif is_filled(read[key]):
            kept[key] = read[key]
        elif key not in problems and _is_required(one, seen):
            problems[key] = [
                _("Please agree to go on.") if one["kind"] == FieldKind.CONSENT else _("This field is required.")
            ]
    return {key: value for key, value in kept.items() if key not in problems}, problems


def _is_required(one, answers) -> bool:
    return bool(one.get("required")) or (bool(one.get("required_if")) and all_hold(one["required_if"], answers))
