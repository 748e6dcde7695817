"""The reader's own language and time zone; the end of idle and of long sessions."""

import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone, translation

from accounts.addresses import address_of
from accounts.sessions import ADDRESS, DEVICE, SEEN_AT, SIGNED_IN_AT

_TOUCH_EVERY = 60


class PersonalSettingsMiddleware:
    """Activates language and time zone of the signed-in person; signs out sessions that are idle or too old."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and self._is_over(request):
            logout(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(_zone(request.user.time_zone)):
            return self.get_response(request)

    @staticmethod
    def _is_over(request) -> bool:
        """Notes the visit at most once a minute, so that most pages write no session.

        A session's age counts from signing in: noting a visit prolongs the cookie, never the session.
        """
        now, session = int(time.time()), request.session
        seen = session.get(SEEN_AT, now)
        if now - seen > settings.SESSION_IDLE_SECONDS:
            return True
        if now - session.get(SIGNED_IN_AT, now) > settings.SESSION_COOKIE_AGE:
            return True
        if now - seen >= _TOUCH_EVERY or SEEN_AT not in session:
            session.setdefault(SIGNED_IN_AT, now)
            session[SEEN_AT] = now
            session[DEVICE] = request.META.get("HTTP_USER_AGENT", "")[:200].replace("\0", "")
            session[ADDRESS] = address_of(request)
        return False


def _zone(name):
    """The person's zone; the house's where the name is unknown to this machine's time zone data."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()
