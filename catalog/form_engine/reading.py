"""One value by its kind: words from a page or a JSON value from a program, to a JSON value that can be kept."""

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import get_current_timezone, is_naive, make_aware
from django.utils.translation import gettext as _

from catalog.form_engine.conditions import is_filled, number
from catalog.vocabulary import FieldKind
from core.text import clean_text

MAX_TEXT = 500
MAX_LONG_TEXT = 10_000
MAX_FILES = 20


class Unreadable(Exception):
    """Problems of one value, in the reader's language."""

    def __init__(self, *messages):
        super().__init__(*messages)
        self.messages = list(messages)


def value_of(field, value, world):
    """The value to keep; None, "", [] or False where nothing was said. Raises Unreadable."""
    if value is None or value == "":
        return None
    return _READERS[field["kind"]](field, value, world)


def _text(field, value, world):
    limit = MAX_LONG_TEXT if field["kind"] == FieldKind.LONG_TEXT else MAX_TEXT
    text = clean_text(_word(value))
    if field["kind"] == FieldKind.TEXT:
        text = " ".join(text.split())
    if len(text) > limit:
        raise Unreadable(
            _("At most %(limit)s characters; this has %(length)s.") % {"limit": limit, "length": len(text)}
        )
    return text


def _word(value) -> str:
    if isinstance(value, str) or type(value) in (int, float):
        return str(value)
    raise Unreadable(_("Write plain text."))


def _number(field, value, world):
    found = number(value)
    if found is None:
        raise Unreadable(_("Write a number."))
    low, high = number(field.get("min")), number(field.get("max"))
    if low is not None and found < low:
        raise Unreadable(_("At least %(limit)s.") % {"limit": _shown(low)})
    if high is not None and found > high:
        raise Unreadable(_("At most %(limit)s.") % {"limit": _shown(high)})
    return int(found) if found == found.to_integral_value() else float(found)


def _shown(bound) -> str:
    return f"{bound:f}"


def _date(field, value, world):
    try:
        found = parse_date(_word(value).strip())
    except ValueError:
        found = None
    return _within_reach(found).isoformat()


def _datetime(field, value, world):
    try:
        found = parse_datetime(_word(value).strip())
    except ValueError:
        found = None
    _within_reach(found)
    return (make_aware(found, get_current_timezone()) if is_naive(found) else found).isoformat(timespec="minutes")


def _within_reach(found):
    if found is None:
        raise Unreadable(_("Write a date such as 2026-11-23."))
    if not 1900 <= found.year <= 2200:
        raise Unreadable(_("Choose a date between 1900 and 2200."))
    return found


def _choice(field, value, world):
    chosen = _word(value).strip()
    if chosen and chosen not in {choice["value"] for choice in field["choices"]}:
        raise Unreadable(_("Choose one of the listed values."))
    return chosen


def _choices(field, value, world):
    given = value if isinstance(value, list) else [value]
    if len(given) > len(field["choices"]):
        raise Unreadable(_("Choose each value once."))
    chosen = {_choice(field, one, world) for one in given} - {""}
    return [choice["value"] for choice in field["choices"] if choice["value"] in chosen]


def _person(field, value, world):
    login = _word(value).strip().lower()
    if login and not (len(login) <= 60 and world.has_person(login)):
        raise Unreadable(_("Nobody of that name was found."))
    return login


def _item(field, value, world):
    slug = _word(value).strip()
    if slug and not (len(slug) <= 80 and world.has_item(slug)):
        raise Unreadable(_("Choose one of the listed values."))
    return slug


def _table(field, value, world):
    if not isinstance(value, list):
        raise Unreadable(_("A table is a list of rows."))
    limit = field.get("max_rows", 20)
    if len(value) > limit:
        raise Unreadable(_("At most %(limit)s rows.") % {"limit": limit})
    rows, problems = [], []
    for number_of_row, row in enumerate(value, start=1):
        try:
            read = _row(field, row, world)
        except Unreadable as unreadable:
            words = {"number": number_of_row, "problem": " ".join(unreadable.messages)}
            problems.append(_("Row %(number)s: %(problem)s") % words)
            continue
        if read:
            rows.append(read)
    if problems:
        raise Unreadable(*problems[:5])
    return rows


def _row(field, row, world):
    if not isinstance(row, dict) or not set(row) <= {column["key"] for column in field["columns"]}:
        raise Unreadable(_("This form has no such field."))
    read = {column["key"]: value_of(column, row.get(column["key"]), world) for column in field["columns"]}
    if not any(is_filled(value) for value in read.values()):
        return {}
    if any(column.get("required") and not is_filled(read[column["key"]]) for column in field["columns"]):
        raise Unreadable(_("Fill in the whole row."))
    return {key: value for key, value in read.items() if is_filled(value)}


def _files(field, value, world):
    names = value if isinstance(value, list) else [value]
    there = world.files.get(field["key"], ())
    if len(names) > MAX_FILES or any(not isinstance(name, str) or name not in there for name in names):
        raise Unreadable(_("Attach the file again."))
    return list(dict.fromkeys(names))


def _consent(field, value, world):
    if isinstance(value, bool):
        return value
    if value in ("true", "on", "1"):
        return True
    if value in ("false", "off", "0"):
        return False
    raise Unreadable(_("Write true or false."))


_READERS = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.DATETIME: _datetime,
    FieldKind.CHOICE: _choice,
    FieldKind.MULTI_CHOICE: _choices,
    FieldKind.PERSON: _person,
    FieldKind.ITEM: _item,
    FieldKind.TABLE: _table,
    FieldKind.ATTACHMENT: _files,
    FieldKind.CONSENT: _consent,
}
