"""The reader's own language and time zone; the end of idle sessions."""

import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone, translation

_TOUCH_EVERY = 60


class PersonalSettingsMiddleware:
    """Activates language and time zone of the signed-in person; signs out sessions that lay idle too long."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and self._lay_idle(request):
            logout(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(_zone(request.user.time_zone)):
            return self.get_response(request)

    @staticmethod
    def _lay_idle(request) -> bool:
        """Notes the visit at most once a minute, so that most pages write no session."""
        now = int(time.time())
        seen = request.session.get("seen_at", now)
        if now - seen > settings.SESSION_IDLE_SECONDS:
            return True
        if now - seen >= _TOUCH_EVERY or "seen_at" not in request.session:
            request.session["seen_at"] = now
        return False


def _zone(name):
    """The person's zone; the house's where the name is unknown to this machine's time zone data."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()
