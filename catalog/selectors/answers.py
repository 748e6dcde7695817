"""Answers as people read them, beside the form they were given to."""

from typing import NamedTuple

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import AnswerVersion
from catalog.vocabulary import FieldKind
from cmdb.models import ConfigurationItem
from core.bilingual import in_reading_language


class Row(NamedTuple):
    """One answered field. A table has `columns` and `cells`; everything else reads as `words`."""

    key: str
    label: str
    words: str
    columns: list[str]
    cells: list[list[str]]
    is_changed: bool = False


class Answered(NamedTuple):
    """A version of the answers; rows that differ from the version before are marked."""

    version: AnswerVersion
    rows: list[Row]


def said(text) -> str:
    """A text of a definition in the reader's language."""
    return in_reading_language(text.get("zh", ""), text.get("en", "")) if text else ""


def answers_of(request) -> list[Answered]:
    """Every version of the answers of a request, the newest first; names are looked up once for all of them."""
    versions = list(request.answers.select_related("form", "sent_by").order_by("number"))
    names = _Names([(version.form.definition, version.values) for version in versions])
    told, before = [], None
    for version in versions:
        rows = _rows(version.form.definition, version.values, names, before)
        told.append(Answered(version, rows))
        before = version.values
    return told[::-1]


def rows_of(definition, values) -> list[Row]:
    return _rows(definition, values, _Names([(definition, values)]), None)


def answers_in_words(definition, values) -> str:
    """Answers as Markdown, for the ticket's description: what mails show and search finds."""
    lines = []
    for row in rows_of(definition, values):
        lines.append(f"**{row.label}**: {row.words}" if not row.cells else f"**{row.label}**:")
        lines += ["- " + " · ".join(cell for cell in cells if cell) for cells in row.cells]
        lines.append("")
    return "\n".join(lines).strip()[:20_000]


def _rows(definition, values, names, before) -> list[Row]:
    rows = []
    for field in definition["fields"]:
        key, value = field["key"], values.get(field["key"])
        is_changed = before is not None and before.get(key) != value
        if value is None and not is_changed:
            continue
        columns, cells = [], []
        if field["kind"] == FieldKind.TABLE:
            columns = [said(column["label"]) for column in field["columns"]]
            cells = [
                [_words(column, row.get(column["key"]), names) for column in field["columns"]] for row in value or ()
            ]
        words = "" if cells else _words(field, value, names)
        rows.append(Row(key, said(field["label"]), words, columns, cells, is_changed))
    return rows


def _words(field, value, names) -> str:
    if value in (None, "", []):
        return "—"
    match field["kind"]:
        case FieldKind.CHOICE:
            return _label(field, value)
        case FieldKind.MULTI_CHOICE:
            return _(", ").join(_label(field, one) for one in value)
        case FieldKind.PERSON:
            return names.people.get(value, value)
        case FieldKind.ITEM:
            return names.items.get(value, value)
        case FieldKind.DATE:
            return date_format(parse_date(value), "DATE_FORMAT")
        case FieldKind.DATETIME:
            return date_format(localtime(parse_datetime(value)), "DATETIME_FORMAT")
        case FieldKind.NUMBER:
            return f"{value} {field.get('unit', '')}".strip()
        case FieldKind.CONSENT:
            return _("Agreed") if value else "—"
        case FieldKind.ATTACHMENT:
            return _(", ").join(value)
    return str(value)


def _label(field, value):
    return next((said(choice["label"]) for choice in field["choices"] if choice["value"] == value), value)


class _Names:
    """Names behind logins and slugs in several answers, one query each."""

    def __init__(self, answered):
        logins, slugs = set(), set()
        for definition, values in answered:
            for field in definition["fields"]:
                if field["kind"] == FieldKind.PERSON and field["key"] in values:
                    logins.add(values[field["key"]])
                if field["kind"] == FieldKind.ITEM and field["key"] in values:
                    slugs.add(values[field["key"]])
        people = User.objects.filter(username__in=logins) if logins else ()
        items = ConfigurationItem.objects.filter(slug__in=slugs) if slugs else ()
        self.people = {person.username: person.display_name for person in people}
        self.items = {item.slug: item.name for item in items}
