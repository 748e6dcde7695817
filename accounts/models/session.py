"""A browser that is signed in."""

from datetime import UTC, datetime
from hashlib import sha256

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


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
    def seen(self) -> datetime | None:
        return None if self.seen_at is None else datetime.fromtimestamp(self.seen_at, UTC)

    @property
    def handle(self) -> str:
        """A name for pages and forms: the key itself would let its reader take over the session."""
        return sha256(self.session_key.encode()).hexdigest()[:20]
