"""A version in words, out of the very rows the engine counts by: for the printable document and for differences."""

from datetime import date, timedelta
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import get_language

from sla.models import CalendarVersion
from sla.selectors.agreements import PromiseTable, promise_tables, sides_of
from sla.selectors.content import digest_of
from sla.selectors.hours import hours_in_words, week_in_words


class Hours(NamedTuple):
    """A calendar in words: its zone, its week, its dated exceptions, and how far official holidays are known."""

    name: str
    zone: str
    week: list[tuple[str, str]]
    holidays: list[str]
    make_up: list[tuple[str, str]]
    known_until: date | None


class Document(NamedTuple):
    """All that is printed; texts in the active language."""

    tables: list[PromiseTable]
    hours: list[Hours]
    clauses: dict[str, list[str]]
    sides: list[tuple]
    digest: str


def document_of(version) -> Document:
    """The document of a version, with each calendar's present hours from the first year of its term on."""
    tables = promise_tables(version)
    calendars = {promise.target.calendar_id for table in tables for promise in table.promises}
    current = CalendarVersion.objects.filter(calendar__in=calendars).order_by("calendar_id", "-number")
    since = (version.starts_on or version.created_at.date()).replace(month=1, day=1)
    return Document(
        tables=tables,
        hours=[hours_of(one, since) for one in current.distinct("calendar_id").select_related("calendar")],
        clauses=clauses_of(version),
        sides=sides_of(version),
        digest=digest_of(version),
    )


def clauses_of(version) -> dict[str, list[str]]:
    """{section: texts in the reader's language}; a clause written in one language only is shown in that."""
    found = {}
    for clause in version.clauses.all():
        found.setdefault(clause.section, []).append(clause_text(clause))
    return found


def clause_text(clause) -> str:
    if (get_language() or "").startswith("zh"):
        return clause.text_zh or clause.text_en
    return clause.text_en or clause.text_zh


def hours_of(version, since) -> Hours:
    """A calendar's version in words, with its exceptions from `since` on."""
    exceptions = sorted((date.fromisoformat(day), hours) for day, hours in version.exceptions.items())
    dated = [(day, hours) for day, hours in exceptions if day >= since]
    return Hours(
        name=str(version.calendar),
        zone=version.zone,
        week=week_in_words(version.weekly),
        holidays=_spans([day for day, hours in dated if not hours]),
        make_up=[(day_words(day), hours_in_words(hours)) for day, hours in dated if hours],
        known_until=version.valid_through,
    )


def day_words(day) -> str:
    return date_format(day, "Y年n月j日" if (get_language() or "").startswith("zh") else "j F Y")


def _spans(days):
    """Consecutive dates as one span."""
    spans = []
    for day in days:
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1][1] = day
        else:
            spans.append([day, day])
    return [day_words(a) if a == b else f"{day_words(a)} – {day_words(b)}" for a, b in spans]
