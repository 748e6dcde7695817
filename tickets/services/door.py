"""What every command on a ticket does first and last: lock, refuse the stale, write, publish."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Model

from core import clock
from core.errors import Stale
from events import selectors as ledger
from events import services as events
from tickets.models import Ticket
from tickets.services import searching

# Written with every change and told by none.
_BOOKKEEPING = ("version", "last_activity_at", "is_open")
_FOUND_BY = frozenset({"search_vector", "internal_vector"})
_UNTRACKED = Ticket.DERIVED | {*_BOOKKEEPING, "ticket_ptr"}

# Inside `holding`: by the ticket's key the ticket, and its columns that wait to be written.
_held: ContextVar[dict[int, tuple[Ticket, set[str]]] | None] = ContextVar("held_tickets", default=None)


@contextmanager
def holding():
    """Inside, what is changed of a ticket is written once, when the block ends, and read from memory until then.

    For a history that is replayed in one transaction; each of its events is published as it comes, as ever. Nothing
    is said inside: a transition with words reloads its ticket.
    """
    held: dict[int, tuple[Ticket, set[str]]] = {}
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    for ticket, columns in held.values():
        _store(ticket, columns)


def lock(ticket, *, version=None):
    """The ticket as its own kind, both of its rows locked until the transaction ends.

    Raises Stale when `version` is given and the ticket moved on since. The parent row, which holds the state and which
    sweeps and escalations lock without its kind, comes first: in the other order two of them would wait for each other.
    """
    held = _held.get()
    if held and ticket.pk in held:
        locked, _columns = held[ticket.pk]
    else:
        locked = type(ticket.typed).objects.select_for_update(of=("ticket_ptr", "self")).get(pk=ticket.pk)
    if version is not None and int(version) != locked.version:
        raise Stale(current=locked.version, changes=ledger.since(locked, int(version)))
    return locked


def instant(ticket):
    """The instant of what happens to a locked ticket now: by the database's clock, but never before what the ledger
    tells already. When that clock is set back, things keep their order and no deadline that fired fires again."""
    now = clock.recorded_now()
    last = None if clock.is_travelling() else ledger.last_instant(ticket)
    return max(now, last) if last else now


def snapshot(ticket) -> dict:
    """Field values as the ledger writes them, for the difference before and after."""
    return {
        field.attname: getattr(ticket, field.attname)
        for field in ticket._meta.concrete_fields
        if field.name not in _UNTRACKED
    }


def write(ticket, name, *, actor, before, at=None, is_public=True, **data):
    """Bump the version, save what changed since `before`, publish `<name>` with the difference and the ticket's facts.

    Only changed columns are written, so that a change of the parent row alone leaves the child's untouched.
    Returns the event.
    """
    at = at or instant(ticket)
    ticket.version += 1
    ticket.last_activity_at = max(at, ticket.last_activity_at)
    changes = difference(before, snapshot(ticket))
    _save(ticket, {*changes, *_BOOKKEEPING, *(_FOUND_BY if "comment" in data else ())})
    return events.publish(
        name,
        subject=ticket,
        actor=actor,
        at=at,
        is_public=is_public,
        changes=changes,
        version=ticket.version,
        facts=ticket.facts(),
        **data,
    )


def note(ticket, name, *, actor, **data):
    """Publish `<name>` about something kept beside the ticket (a watcher, a tag, a minute). The ticket itself does not
    change, so neither does its version: nobody's answer is stopped by it. Returns the event."""
    subject = ticket if type(ticket) is Ticket else ticket.ticket_ptr
    return events.publish(name, subject=subject, actor=actor, is_public=False, **data)


def _save(ticket, columns):
    held = _held.get()
    if held is None:
        _store(ticket, columns)
    else:
        held.setdefault(ticket.pk, (ticket, set()))[1].update(columns)


def _store(ticket, columns):
    """Write `columns` in one statement; where words changed, what they are found by as well."""
    if not columns & (searching.INDEXED | _FOUND_BY):
        ticket.save(update_fields=columns)
        return
    searching.refresh(ticket)
    ticket.save(update_fields=columns | _FOUND_BY)
    del ticket.search_vector, ticket.internal_vector  # Expressions up to here; who asks now reads what was stored.


def difference(before, after) -> dict:
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def plain(values) -> dict:
    """Transition values as JSON: model instances by their key."""
    return {name: value.pk if isinstance(value, Model) else value for name, value in values.items() if value}
