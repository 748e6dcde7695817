"""Writing an event with the change it tells of."""

import logging
import time
from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from core import clock, rows
from core.middleware import current_request_id
from events.models import Event
from events.subscribing import handlers_for, key_of

logger = logging.getLogger(__name__)
_cause: ContextVar[Event | None] = ContextVar("cause", default=None)
_silent: ContextVar[bool] = ContextVar("silent", default=False)
_broker_rests_until = 0.0

# The longest honest chain: a deadline raises a priority, which moves another deadline, from P4 up to P1, then a person
# is told.
MAX_DEPTH = 10

_OWE = """
    INSERT INTO events_delivery (event_id, handler, state, attempts, not_before, last_error)
    SELECT event_id, handler, 'pending', 0, clock_timestamp(), ''
      FROM unnest(%s::bigint[]) AS told(event_id), unnest(%s::text[]) AS owed(handler)
"""


class TooDeep(RuntimeError):
    """A reaction to a reaction to a reaction …: a loop that was cut."""


@contextmanager
def caused_by(event):
    """Events published inside the block name `event` as their cause."""
    token = _cause.set(event)
    try:
        yield
    finally:
        _cause.reset(token)


@contextmanager
def silence():
    """No `later` reactions inside the block: history that is imported or rebuilt notifies nobody."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def publish(name, *, subject, actor, at=None, is_public=True, **data) -> Event:
    """Record that something happened and owe every reaction to it. `data` must be JSON.

    In order: refuses to run outside a transaction; inserts the event (`at` defaults to the database's clock); runs the
    `now` handlers; writes one delivery per `later` handler; nudges a worker after commit. `actor` is a person or None
    for the system.
    """
    at, cause = _begin([name], at)
    event = _event(name, subject, data, actor, at, is_public, cause)
    rows.insert([event])
    event.subject = subject
    now, later = handlers_for(name)
    with caused_by(event):
        for handler in now:
            handler(event)
    _owe({later: [event.pk]})
    return event


def publish_all(news, *, actor, at=None, is_public=True) -> None:
    """Publish what happened at one instant, `news` being (name, subject, data).

    As many statements for a thousand events as for one, and no event is made an object, unless a `now` handler wants
    to hear of them: then they are published one by one.
    """
    names = {name for name, _, _ in news}
    at, cause = _begin(names, at)
    if any(handlers_for(name)[0] for name in names):
        for name, subject, data in news:
            publish(name, subject=subject, actor=actor, at=at, is_public=is_public, **data)
        return
    if not news:
        return
    keys = rows.insert_columns(
        Event,
        {
            "name": [name for name, _, _ in news],
            "subject_kind": [subject.ledger_kind for _, subject, _ in news],
            "subject_id": [subject.pk for _, subject, _ in news],
            "data": [data for _, _, data in news],
            "actor_id": actor and actor.pk,
            "at": at,
            "is_public": is_public,
            "cause_id": cause and cause.pk,
            "request_id": current_request_id(),
        },
    )
    owed = defaultdict(list)
    for key, (name, _, _) in zip(keys, news, strict=True):
        owed[handlers_for(name)[1]].append(key)
    _owe(owed)


def _begin(names, at):
    """(instant, cause) of what is about to be published. Raises RuntimeError outside a transaction, TooDeep."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"publishing {sorted(names)} must run inside the transaction of its change")
    cause = _cause.get()
    if cause is not None and _depth(cause) >= MAX_DEPTH:
        raise TooDeep(f"{sorted(names)} would be the {MAX_DEPTH + 1}th reaction in a row to event {cause.pk}: a loop")
    return at or clock.recorded_now(), cause


def _owe(owed):
    """One delivery for each of the `later` handlers of each event; `owed` maps handlers to keys of events."""
    if _silent.get():
        return
    owed = {handlers: keys for handlers, keys in owed.items() if handlers}
    with connection.cursor() as cursor:
        for handlers, keys in owed.items():
            cursor.execute(_OWE, [rows.array(keys), rows.array(map(key_of, handlers))])
    if owed:
        transaction.on_commit(_nudge_worker, robust=True)


def _event(name, subject, data, actor, at, is_public, cause):
    return Event(
        name=name,
        subject_kind=subject.ledger_kind,
        subject_id=subject.pk,
        actor=actor,
        at=at,
        recorded_at=None,  # The database's own; to name it here spares making its expression a thousand times.
        is_public=is_public,
        data=data,
        cause=cause,
        request_id=current_request_id(),
    )


def _depth(event) -> int:
    depth = 0
    while event is not None:
        depth, event = depth + 1, event.cause
    return depth


def _nudge_worker():
    """Wake a worker now rather than at the next sweep. A broker that is down costs one short wait, then a rest."""
    global _broker_rests_until
    if not settings.EVENT_NUDGE or time.monotonic() < _broker_rests_until:
        return
    try:
        import_string(settings.EVENT_NUDGE)()
    except Exception as error:
        _broker_rests_until = time.monotonic() + 30
        logger.warning("broker unavailable, the sweep will deliver: %s", error)
