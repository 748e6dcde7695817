"""Ending browser sessions. A session that is gone from the table is signed out at its next request."""

from django.db import transaction

from accounts import selectors
from events.services import publish


@transaction.atomic
def end_other_sessions(user, *, keep) -> int:
    """Sign out everywhere but in the session with the key `keep`; returns how many ended."""
    ended, _by_model = user.browser_sessions.exclude(session_key=keep or "").delete()
    if ended:
        publish("user.sessions_ended", subject=user, actor=user, is_public=False, count=ended)
    return ended


@transaction.atomic
def end_session(user, handle) -> bool:
    """Sign out the one session of `user` with this handle; False when it is not there (any more)."""
    for session in selectors.sessions_of(user):
        if session.handle == handle:
            session.delete()
            publish("user.sessions_ended", subject=user, actor=user, is_public=False, count=1)
            return True
    return False


def end_all(user):
    user.browser_sessions.all().delete()
