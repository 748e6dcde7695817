"""Whether a form's definition makes sense. Problems are told by their path, e.g. `fields.2.choices`."""

import re

from django.utils.translation import gettext as _

from catalog.form_engine.conditions import number
from catalog.vocabulary import CELL_KINDS, FieldKind, Test
from tickets.rules import cycle_in

MAX_FIELDS = 60
MAX_CHOICES = 200
MAX_COLUMNS = 12
MAX_ROWS = 200
MAX_CONDITIONS = 5
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_FIELD_KEYS = frozenset(
    {"key", "kind", "label", "help", "required", "visible_if", "required_if", "choices"}
    | {"min", "max", "unit", "columns", "max_rows"}
)


def problems_of(definition) -> dict[str, str]:
    """{path: what is wrong} of any JSON value; empty when it can be published."""
    fields = definition.get("fields") if isinstance(definition, dict) else None
    if not isinstance(fields, list):
        return {"fields": _("A form is a list of fields.")}
    if len(fields) > MAX_FIELDS:
        return {"fields": _("At most %(limit)s fields.") % {"limit": MAX_FIELDS}}
    problems, kinds = {}, {}
    for index, field in enumerate(fields):
        problems |= _problems_of_field(field, f"fields.{index}", kinds, FieldKind.values)
    if not problems:
        for index, field in enumerate(fields):
            problems |= _problems_of_conditions(field, f"fields.{index}", kinds)
    return problems or _rings(fields)


def _problems_of_field(field, path, kinds, allowed) -> dict:
    if not isinstance(field, dict):
        return {path: _("A field is an object.")}
    problems = {f"{path}.{name}"[:80]: _("Unknown property.") for name in field if name not in _FIELD_KEYS}
    key, kind = field.get("key"), field.get("kind")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        problems[f"{path}.key"] = _("Small letters, digits and underscores, a letter first, at most 40.")
    elif key in kinds:
        problems[f"{path}.key"] = _("Two fields have this key.")
    else:
        kinds[key] = kind
    if kind not in allowed:
        problems[f"{path}.kind"] = _("Choose one of the listed values.")
    if not _is_said(field.get("label"), 200):
        problems[f"{path}.label"] = _("Write a label in Chinese or English.")
    if "help" in field and field["help"] and not _is_said(field["help"], 500, may_be_empty=True):
        problems[f"{path}.help"] = _("Texts are written in Chinese and English, at most 500 characters.")
    if not isinstance(field.get("required", False), bool):
        problems[f"{path}.required"] = _("Write true or false.")
    if kind in (FieldKind.CHOICE, FieldKind.MULTI_CHOICE):
        problems |= _problems_of_choices(field.get("choices"), f"{path}.choices")
    if kind == FieldKind.NUMBER:
        problems |= _problems_of_bounds(field, path)
    if kind == FieldKind.TABLE:
        problems |= _problems_of_table(field, path)
    return problems


def _is_said(text, limit, *, may_be_empty=False) -> bool:
    if not isinstance(text, dict) or not set(text) <= {"zh", "en"}:
        return False
    words = list(text.values())
    if any(not isinstance(word, str) or len(word) > limit for word in words):
        return False
    return may_be_empty or any(word.strip() for word in words)


def _problems_of_choices(choices, path) -> dict:
    if not isinstance(choices, list) or not 1 <= len(choices) <= MAX_CHOICES:
        return {path: _("Between 1 and %(limit)s choices.") % {"limit": MAX_CHOICES}}
    seen = set()
    for choice in choices:
        value = choice.get("value") if isinstance(choice, dict) else None
        if not isinstance(value, str) or not 0 < len(value) <= 80 or value in seen:
            return {path: _("Each choice has a value of its own, at most 80 characters.")}
        if not _is_said(choice.get("label"), 200):
            return {path: _("Write a label in Chinese or English.")}
        seen.add(value)
    return {}


def _problems_of_bounds(field, path) -> dict:
    problems, bounds = {}, {}
    for name in ("min", "max"):
        if field.get(name) is not None:
            bounds[name] = number(field[name])
            if bounds[name] is None:
                problems[f"{path}.{name}"] = _("Write a number.")
    if not problems and len(bounds) == 2 and bounds["min"] > bounds["max"]:
        problems[f"{path}.max"] = _("The largest is smaller than the smallest.")
    if not isinstance(field.get("unit", ""), str) or len(field.get("unit", "")) > 20:
        problems[f"{path}.unit"] = _("At most 20 characters.")
    return problems


def _problems_of_table(field, path) -> dict:
    columns, rows = field.get("columns"), field.get("max_rows", 20)
    if not isinstance(columns, list) or not 1 <= len(columns) <= MAX_COLUMNS:
        return {f"{path}.columns": _("Between 1 and %(limit)s columns.") % {"limit": MAX_COLUMNS}}
    problems, keys = {}, {}
    for index, column in enumerate(columns):
        problems |= _problems_of_field(column, f"{path}.columns.{index}", keys, CELL_KINDS)
    if type(rows) is not int or not 1 <= rows <= MAX_ROWS:
        problems[f"{path}.max_rows"] = _("Between 1 and %(limit)s rows.") % {"limit": MAX_ROWS}
    return problems


def _problems_of_conditions(field, path, kinds) -> dict:
    problems = {}
    for name in ("visible_if", "required_if"):
        conditions = field.get(name) or []
        where = f"{path}.{name}"
        if not isinstance(conditions, list) or len(conditions) > MAX_CONDITIONS:
            problems[where] = _("At most %(limit)s conditions.") % {"limit": MAX_CONDITIONS}
            continue
        for condition in conditions:
            if not isinstance(condition, dict) or condition.get("test") not in Test.values:
                problems[where] = _("A condition names a field, a test and a value.")
            elif not isinstance(other := condition.get("field"), str) or other not in kinds or other == field["key"]:
                problems[where] = _("A condition looks at another field of this form.")
            elif (
                not isinstance(condition.get("value", ""), str | int | float) or len(str(condition.get("value"))) > 200
            ):
                problems[where] = _("A condition compares with a word or a number.")
    return problems


def _rings(fields) -> dict:
    """Fields whose visibility depends, over others, on their own."""
    ring = cycle_in({field["key"]: {one["field"] for one in field.get("visible_if") or ()} for field in fields})
    message = _("Whether this field shows would depend on itself.")
    return {f"fields.{index}.visible_if": message for index, field in enumerate(fields) if field["key"] in ring[:1]}
