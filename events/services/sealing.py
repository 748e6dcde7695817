"""The hash chain: nobody, not even an operator with SQL, rewrites history unnoticed.

The database writes `digest` over each row. Once a UTC day is over, its digests are folded in id order onto the
seal of the day before. `verify` recomputes both and names the first row, or the first day, that does not fit.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from django.db import connection, transaction

from core import clock
from events.models import DaySeal, Event

_DAY = """
    SELECT id, digest, events_event_digest(e) FROM events_event e
     WHERE recorded_at >= %s AND recorded_at < %s ORDER BY id
"""


@dataclass(frozen=True)
class Verdict:
    """`ok` is true when rows and seals agree; else `reason` says what does not, `event_id` or `day` where."""

    ok: bool
    rows: int
    reason: str = ""
    event_id: int | None = None
    day: date | None = None


def seal_finished_days() -> int:
    """Seal every UTC day that is over and not sealed yet; returns how many. Idempotent."""
    first = Event.objects.order_by("recorded_at").values_list("recorded_at", flat=True).first()
    if first is None:
        return 0
    # An hour of grace: a transaction that began before midnight may still be writing.
    today = (clock.recorded_now() - timedelta(hours=1)).astimezone(UTC).date()
    last = DaySeal.objects.order_by("-day").first()
    day = last.day + timedelta(days=1) if last else first.astimezone(UTC).date()
    sealed = 0
    while day < today:
        with transaction.atomic():
            digest, count = _fold(day, _seal_before(day))
            _, created = DaySeal.objects.get_or_create(day=day, defaults={"digest": digest, "count": count})
        sealed += created
        day += timedelta(days=1)
    return sealed


def verify() -> Verdict:
    """Recompute every row digest and every seal; the first difference ends the search."""
    rows = 0
    previous = ""
    for seal in DaySeal.objects.order_by("day"):
        folded = hashlib.sha256(previous.encode())
        count = 0
        for pk, stored, actual in _rows(seal.day):
            if stored != actual:
                return Verdict(False, rows + count, "the row was changed after it was written", event_id=pk)
            folded.update(stored.encode())
            count += 1
        if count != seal.count or folded.hexdigest() != seal.digest:
            return Verdict(False, rows + count, "rows of this day were added or removed", day=seal.day)
        rows, previous = rows + count, seal.digest
    last = DaySeal.objects.order_by("-day").first()
    day = last.day + timedelta(days=1) if last else None
    for pk, stored, actual in _rows_since(day):
        if stored != actual:
            return Verdict(False, rows, "the row was changed after it was written", event_id=pk)
        rows += 1
    return Verdict(True, rows)


def _seal_before(day) -> str:
    seal = DaySeal.objects.filter(day__lt=day).order_by("-day").first()
    return seal.digest if seal else ""


def _fold(day, previous):
    folded = hashlib.sha256(previous.encode())
    count = 0
    for _, stored, _ in _rows(day):
        folded.update(stored.encode())
        count += 1
    return folded.hexdigest(), count


def _rows(day):
    return _select(_DAY, [_midnight(day), _midnight(day + timedelta(days=1))])


def _rows_since(day):
    return _select(_DAY, [_midnight(day or date(1970, 1, 1)), _midnight(date(9999, 1, 1))])


def _midnight(day):
    return f"{day.isoformat()}T00:00:00Z"


def _select(sql, values):
    """Rows in chunks from a server-side cursor: a ledger of years does not fit in memory."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while chunk := cursor.fetchmany(5000):
            yield from chunk
