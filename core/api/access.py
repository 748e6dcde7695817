"""Who is let in and how often. What they see is decided by `visible_to`."""

import time

from django.core.cache import caches
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.throttling import SimpleRateThrottle

# A wider scope holds the narrower ones.
_HELD_BY = {"read": {"read", "write", "admin"}, "write": {"write", "admin"}, "admin": {"admin"}}


class ScopedAccess(BasePermission):
    """Signed-in people only; a token also needs the scope of the method.

    Reading needs `read`, everything else `write`, unless the view names its own `required_scope`. A session has
    every scope: there the person's rights alone decide.
    """

    def has_permission(self, request, view):
        if not request.user.is_authenticated or not request.user.is_active:
            return False
        if request.auth is None:
            return True
        needed = getattr(view, "required_scope", None) or ("read" if request.method in SAFE_METHODS else "write")
        if not _HELD_BY[needed] & set(request.auth.scopes):
            raise PermissionDenied(_("This token lacks the scope “%(scope)s”.") % {"scope": needed})
        return True


class _SharedCounter(SimpleRateThrottle):
    """Counts in the cache all web processes share; in this process alone while that cache is away.

    A lost Redis must neither lock people out nor slow every request down, so it is left alone for half a minute.
    """

    _shared_rests_until = 0.0

    @property
    def cache(self):
        return caches["default" if time.monotonic() < _SharedCounter._shared_rests_until else "throttle"]

    def allow_request(self, request, view):
        try:
            return super().allow_request(request, view)
        except (OSError, _redis_error()):
            _SharedCounter._shared_rests_until = time.monotonic() + 30
            return super().allow_request(request, view)


def _redis_error():
    from redis.exceptions import RedisError

    return RedisError


class PersonThrottle(_SharedCounter):
    """Requests of one person, over all their sessions and tokens."""

    scope = "person"

    def get_cache_key(self, request, view):
        return f"throttle:person:{request.user.pk}" if request.user.is_authenticated else None


class StrangerThrottle(_SharedCounter):
    """Requests from one address without a valid session or token."""

    scope = "stranger"

    def get_cache_key(self, request, view):
        return None if request.user.is_authenticated else f"throttle:stranger:{self.get_ident(request)}"
