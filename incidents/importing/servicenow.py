"""Reading a ServiceNow audit log: one row per update, `?` for unknown, dates day-month-year hour:minute.

The public example is "Incident management process enriched event log" (Amaral, Fantinato, Peres; UCI Machine
Learning Repository, doi 10.24432/C57S4H, CC BY 4.0), whose 36 columns this reads.
"""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput
from core.text import clean_text
from tickets.vocabulary import Channel, PendingReason

SOURCE = "servicenow-audit"
UNKNOWN = "?"

# Where an incident of the log stands in our workflow, and what it waits for.
STATES = {
    "New": ("new", ""),
    "Active": ("in_progress", ""),
    "Awaiting User Info": ("pending", PendingReason.CALLER),
    "Awaiting Evidence": ("pending", PendingReason.CALLER),
    "Awaiting Vendor": ("pending", PendingReason.VENDOR),
    "Awaiting Problem": ("pending", PendingReason.PROBLEM),
    "Awaiting Change": ("pending", PendingReason.CHANGE),
    "Resolved": ("resolved", ""),
    "Closed": ("closed", ""),
}
CHANNELS = {
    "phone": Channel.PHONE,
    "email": Channel.EMAIL,
    "e-mail": Channel.EMAIL,
    "self service": Channel.PORTAL,
    "self-service": Channel.PORTAL,
    "ivr": Channel.PHONE,
    "direct opening": Channel.API,
    "chat": Channel.CHAT,
}
NEEDED = (
    "number", "incident_state", "caller_id", "opened_at", "sys_updated_by", "sys_updated_at",
    "category", "impact", "urgency", "priority", "assignment_group", "assigned_to",
)  # fmt: skip
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_DATE = "%d-%m-%Y %H:%M"


@dataclass(frozen=True)
class AuditRow:
    """One update of one incident. Names are as in the log, empty when unknown."""

    line: int
    number: str
    state: str
    pending_reason: str
    at: datetime
    opened_at: datetime | None
    order: int
    caller: str
    opened_by: str
    updated_by: str
    channel: str
    place: str
    category: str
    subcategory: str
    symptom: str
    item: str
    impact: int
    urgency: int
    priority: int
    team: str
    assignee: str
    made_sla: bool | None
    facts: tuple[tuple[str, str], ...]

    def fingerprint(self) -> str:
        """What of the row is its own: the log repeats final values (closing code, dates) on every row."""
        parts = (self.number, self.order, self.state, self.pending_reason, self.at.isoformat(), self.team,
                 self.assignee, self.impact, self.urgency, self.priority)  # fmt: skip
        return "|".join(map(str, parts))


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030. Raises InvalidInput."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput({"file": [_("The file is neither UTF-8 nor GB18030 text.")]})


def histories(text, *, zone, report) -> list[list[AuditRow]]:
    """The rows of `text` by incident, incidents in the order of their first row, rows in the order they happened.

    `zone` is the time zone the log was written in. Unreadable rows are named in `report` and left out.
    Raises InvalidInput when the file is empty or lacks a column that nothing can replace.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in _next(reader, report) or []]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise InvalidInput({"file": [_("These columns are missing: %(names)s") % {"names": ", ".join(missing)}]})
    latest = clock.now() + timedelta(days=1)
    found: dict[str, list[AuditRow]] = {}
    while (cells := _next(reader, report)) is not None:
        if not cells:
            continue
        report.rows += 1
        try:
            row = _row(reader.line_num, header, cells, zone, latest)
        except ValueError as problem:
            report.skip(reader.line_num, problem)
            continue
        found.setdefault(row.number, []).append(row)
    return [_in_order(rows, report) for rows in found.values()]


def _next(reader, report):
    """The next row's cells, None at the end; rows the reader itself cannot split are named and passed over."""
    while True:
        try:
            return next(reader)
        except StopIteration:
            return None
        except csv.Error as error:
            report.rows += 1
            report.skip(reader.line_num, error)


def _in_order(rows, report):
    """By instant, then by the log's own count of changes.

    A row that occurs twice counts once; one whose count says that it was overtaken by an earlier row is left out,
    because it would undo what had happened since.
    """
    ordered, seen = [], set()
    for row in sorted(rows, key=lambda row: (row.at, row.order, row.line)):
        if row.fingerprint() in seen:
            report.note(_("row repeated"), _("line %(line)s") % {"line": row.line})
            continue
        if ordered and row.order < ordered[-1].order:
            report.note(_("row overtaken by a later one"), _("line %(line)s") % {"line": row.line})
            continue
        seen.add(row.fingerprint())
        ordered.append(row)
    return ordered


def _row(line, header, cells, zone, latest) -> AuditRow:
    """Raises ValueError with a message for people when the row cannot be read."""
    if len(cells) != len(header):
        raise ValueError(_("%(found)s columns instead of %(wanted)s") % {"found": len(cells), "wanted": len(header)})
    values = {}
    for name, cell in zip(header, cells, strict=True):
        text = " ".join(clean_text(cell).split())
        values[name] = "" if text == UNKNOWN else text[:120]
    if not values["number"]:
        raise ValueError(_("no number"))
    if values["incident_state"] not in STATES:
        raise ValueError(_("unknown state “%(state)s”") % {"state": values["incident_state"] or UNKNOWN})
    state, pending_reason = STATES[values["incident_state"]]
    at = _instant(values["sys_updated_at"], "sys_updated_at", zone, latest)
    get = values.get
    return AuditRow(
        line=line,
        number=values["number"][:80],
        state=state,
        pending_reason=str(pending_reason),
        at=at,
        opened_at=_instant(values["opened_at"], "opened_at", zone, latest) if values["opened_at"] else None,
        order=int(get("sys_mod_count", "")) if get("sys_mod_count", "").isdecimal() else 0,
        caller=values["caller_id"],
        opened_by=get("opened_by", ""),
        updated_by=values["sys_updated_by"],
        channel=CHANNELS.get(get("contact_type", "").lower(), Channel.PHONE),
        place=get("location", ""),
        category=values["category"],
        subcategory=get("subcategory", ""),
        symptom=get("u_symptom", ""),
        item=get("cmdb_ci", ""),
        impact=_level(values, "impact", 3),
        urgency=_level(values, "urgency", 3),
        priority=min(_level(values, "priority", 5), 4),
        team=values["assignment_group"],
        assignee=values["assigned_to"],
        made_sla={"TRUE": True, "FALSE": False}.get(get("made_sla", "").upper()),
        facts=tuple((name, get(name, "")) for name in FACTS if get(name, "")),
    )


# Columns without a place of their own here: kept beside the incident, in its `incident.imported` event.
FACTS = ("closed_code", "resolved_by", "resolved_at", "closed_at", "problem_id", "rfc", "vendor", "caused_by")


def _instant(text, column, zone, latest) -> datetime:
    try:
        instant = datetime.strptime(text, _DATE).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        shown = text or UNKNOWN
        raise ValueError(_("%(column)s is not a date: “%(text)s”") % {"column": column, "text": shown}) from None
    if not EARLIEST <= instant <= latest:
        raise ValueError(_("%(column)s lies outside of any log: “%(text)s”") % {"column": column, "text": text})
    return instant


def _level(values, column, worst) -> int:
    """The leading digit of "2 - Medium"."""
    first = values[column][:1]
    if not first.isascii() or not first.isdecimal() or not 1 <= int(first) <= worst:
        shown = values[column] or UNKNOWN
        raise ValueError(_("%(column)s cannot be read: “%(text)s”") % {"column": column, "text": shown})
    return int(first)
