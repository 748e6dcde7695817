"""The shape of a line in itsm/subscriptions.py, and finding the lines that hear an event."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Subscription:
    """`names`: fnmatch patterns of event names. `now`, `later`: handlers, each called with the event."""

    names: tuple[str, ...]
    now: tuple[Callable, ...] = ()
    later: tuple[Callable, ...] = ()

    def hears(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in self.names)


def key_of(handler: Callable) -> str:
    """How a handler is written on a delivery: module and name, stable over restarts."""
    return f"{handler.__module__}.{handler.__qualname__}"


@cache
def handlers_for(name: str) -> tuple[tuple[Callable, ...], tuple[Callable, ...]]:
    """(now, later) handlers of an event name, in the order of the page."""
    heard = [s for s in import_string(f"{settings.ROOT_EVENTCONF}.SUBSCRIPTIONS") if s.hears(name)]
    now = dict.fromkeys(handler for s in heard for handler in s.now)
    later = dict.fromkeys(handler for s in heard for handler in s.later)
    return tuple(now), tuple(later)
