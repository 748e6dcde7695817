"""A browser that is signed in."""

from datetime import UTC, datetime
from hashlib import sha256

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

# Looked for in this order: most browsers claim to be their rivals too.
_BROWSERS = {
    "MicroMessenger/": "WeChat", "Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome": "Chrome",
    "Safari/": "Safari",
}  # fmt: skip
_SYSTEMS = {
    "HarmonyOS": "HarmonyOS", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows",
    "Mac OS": "macOS", "Linux": "Linux",
}  # fmt: skip


class PersonSession(AbstractBaseSession):
    """Like Django's session, with its owner. `signed_in_at` and `seen_at` are seconds since 1970 (UTC).

    `user` is empty before signing in.
    """

    user = models.ForeignKey("accounts.User", null=True, on_delete=models.CASCADE, related_name="browser_sessions")
    device = models.CharField(max_length=200, blank=True, default="")
    address = models.GenericIPAddressField(null=True)
    signed_in_at = models.BigIntegerField(null=True)
    seen_at = models.BigIntegerField(null=True)

    @classmethod
    def get_session_store_class(cls):
        from accounts.sessions import SessionStore

        return SessionStore

    @property
    def device_name(self) -> str:
        """The browser and system in words people know, as far as the browser told the truth."""
        found = [
            next((name for mark, name in known.items() if mark in self.device), "") for known in (_BROWSERS, _SYSTEMS)
        ]
        return " · ".join(filter(None, found)) or self.device[:40]

    @property
    def seen(self) -> datetime | None:
        return None if self.seen_at is None else datetime.fromtimestamp(self.seen_at, UTC)

    @property
    def handle(self) -> str:
        """A name for pages and forms: the key itself would let its reader take over the session."""
        return sha256(self.session_key.encode()).hexdigest()[:20]
