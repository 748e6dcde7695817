"""The only call to a wall clock.

The database's clock is the authority for everything that is stored: hosts drift, one database does not.
A travelling clock (`travel`) replaces it for the demo, for imports of old logs and for tests.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection
from django.utils import timezone

_travelled: ContextVar[datetime | None] = ContextVar("travelled", default=None)


def now() -> datetime:
    """The instant for what is shown: the travelled one, else the host's. Aware UTC, microseconds."""
    return _travelled.get() or timezone.now()


def recorded_now() -> datetime:
    """The instant for what is stored: the travelled one, else the database's `clock_timestamp()`.

    Unlike `now()` in SQL it moves inside a transaction, so an event is stamped after its lock was won.
    """
    travelled = _travelled.get()
    if travelled is not None:
        return travelled
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def is_travelling() -> bool:
    """Whether `travel` decides the time here: its instants are meant as they are, also those before others."""
    return _travelled.get() is not None


@contextmanager
def travel(to: datetime):
    """Let `now` and `recorded_now` answer `to` (aware) inside the block, in this thread or task only."""
    if timezone.is_naive(to):
        raise ValueError("travel() needs an aware datetime")
    token = _travelled.set(to)
    try:
        yield
    finally:
        _travelled.reset(token)
