"""A JSON list of objects as rows; headings are all the names that occur."""

import json

from django.utils.translation import gettext as _

from core.readers.limits import MOST_COLUMNS, MOST_ROWS, Unreadable


def lines(found: str):
    """(number of the object, cells), the headings first as number 0. An object around one list gives that list."""
    try:
        listed = json.loads(found, parse_constant=str)
    except (ValueError, RecursionError):
        raise Unreadable(_("This is no valid JSON.")) from None
    if isinstance(listed, dict):
        lists = [value for value in listed.values() if isinstance(value, list)]
        listed = lists[0] if len(lists) == 1 else [listed]
    if len(listed) > MOST_ROWS:
        raise Unreadable(_("The file has more than %(limit)s rows. Split it.") % {"limit": MOST_ROWS})
    columns = {}
    for number, one in enumerate(listed, start=1):
        if not isinstance(one, dict):
            raise Unreadable(_("Entry %(number)s of the JSON list is no object.") % {"number": number})
        columns |= dict.fromkeys(one)
        if len(columns) > MOST_COLUMNS:
            raise Unreadable(_("The file has more than %(limit)s columns.") % {"limit": MOST_COLUMNS})
    yield 0, list(columns)
    for number, one in enumerate(listed, start=1):
        yield number, [_text(one.get(column)) for column in columns]


def _text(value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
