"""Pages by key, never by OFFSET: page 200 costs what page 1 costs, and nothing slips between two pages."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q

PAGE = 50
# The column of each order, and whether it falls. The primary key breaks ties, in the same direction.
_ORDERS = {
    "due": ("due_at", False),
    "priority": ("priority", False),
    "newest": ("pk", True),
    "activity": ("last_activity_at", True),
}


@dataclass(frozen=True)
class Page:
    """`previous` and `next` are cursors of the neighbouring pages, or empty."""

    rows: list
    previous: str
    next: str


def page_of(tickets, sort, *, ready, after="", before="", size=PAGE) -> Page:
    """The page of `tickets` that follows cursor `after`, precedes cursor `before`, or the first.

    A cursor that cannot be read counts as none. Two queries: the keys in order (narrow enough to be sorted or read
    from an index whatever the row holds), then `ready` joins what the page prints to those few.
    """
    column, falls = _ORDERS[sort]
    back = _read(before, column)
    key = back or _read(after, column)
    if key is not None:
        tickets = tickets.filter(_beyond(column, key, falls != (back is not None)))
    ordered = tickets.order_by(*_order(column, falls != (back is not None)))
    keys = list(ordered.values_list("pk", flat=True)[: size + 1])
    has_more = len(keys) > size
    found = {ticket.pk: ticket for ticket in ready(tickets.model.objects.filter(pk__in=keys[:size]))}
    rows = [found[key] for key in keys[:size] if key in found]
    if back is not None:
        rows.reverse()
    has_previous, has_next = (has_more, True) if back is not None else (key is not None, has_more)
    return Page(
        rows=rows,
        previous=_cursor(rows[0], column) if rows and has_previous else "",
        next=_cursor(rows[-1], column) if rows and has_next else "",
    )


def _order(column, falls):
    sign = "-" if falls else ""
    return [f"{sign}pk"] if column == "pk" else [f"{sign}{column}", f"{sign}pk"]


def _beyond(column, key, falls):
    """Rows after `key` in the order. A missing due date sorts as the last one, as PostgreSQL does."""
    value, pk = key
    beyond = "lt" if falls else "gt"
    tie = Q(**{column: value, f"pk__{beyond}": pk}) if value is not None else None
    if column == "pk":
        return Q(**{f"pk__{beyond}": pk})
    if value is None:
        missing = Q(**{f"{column}__isnull": True})
        return missing & Q(**{f"pk__{beyond}": pk}) | (~missing if falls else Q(pk__in=[]))
    further = Q(**{f"{column}__{beyond}": value}) | tie
    return further if falls or column != "due_at" else further | Q(**{f"{column}__isnull": True})


def _cursor(ticket, column) -> str:
    if column == "pk":
        return str(ticket.pk)
    value = getattr(ticket, column)
    return f"{value.isoformat() if isinstance(value, datetime) else ('' if value is None else value)}~{ticket.pk}"


def _read(cursor, column):
    """(value, pk) of a cursor, or None."""
    value, _tilde, pk = cursor.rpartition("~")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 18):
        return None
    if column == "pk" or (value == "" and column == "due_at"):
        return None, int(pk)
    if column == "priority":
        return (int(value), int(pk)) if value in ("1", "2", "3", "4") else None
    instant = instant_of(value)
    return (instant, int(pk)) if instant is not None else None


def instant_of(text):
    """The instant of an address, in UTC: PostgreSQL refuses some offsets that Python reads. None when it is none."""
    try:
        instant = datetime.fromisoformat(text)
        return instant.astimezone(UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None
