"""Passwords: changing one's own, and a way back in for those who forgot it."""

from datetime import timedelta

from axes.utils import reset
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts import selectors
from accounts.models import User
from core import clock
from core.errors import InvalidInput
from events.models import Event
from events.services import publish

ONE_MAIL_PER = timedelta(minutes=2)


@transaction.atomic
def change_password(user, password, *, keep_session=None) -> User:
    """Set a person's password (InvalidInput when it is weak).

    In order: checks its strength; saves; ends every session but `keep_session`; forgets wrong tries at the
    login page; publishes `user.password_changed`. Links sent before no longer work: they are bound to the old one.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput({"new_password1": error.messages}) from None
    user.set_password(password)
    user.save(update_fields=["password"])
    user.browser_sessions.exclude(session_key=keep_session or "").delete()
    reset(username=user.username)
    publish("user.password_changed", subject=user, actor=user, is_public=False)
    return user


@transaction.atomic
def request_password_reset(name):
    """Publish `user.password_reset_requested` for the active person with this name and an e-mail address.

    Says nothing to the caller: known and unknown names look the same. At most one request in two minutes counts.
    The event carries no link: the ledger never forgets, so whoever sends the mail calls `password_reset_link`.
    """
    user = selectors.person_called(name)
    if user is None or not user.is_active or not user.email:
        return
    User.objects.select_for_update().get(pk=user.pk)
    recent = Event.objects.filter(
        subject_kind=User.ledger_kind,
        subject_id=user.pk,
        name="user.password_reset_requested",
        at__gt=clock.recorded_now() - ONE_MAIL_PER,
    )
    if not recent.exists():
        publish("user.password_reset_requested", subject=user, actor=None, is_public=False)


def password_reset_link(user) -> str:
    """A link that lets `user` set a new password once, for two hours (PASSWORD_RESET_TIMEOUT) from now.

    Built from SITE_URL, never from a request: a forged Host header must not lead anybody's token elsewhere.
    """
    token = default_token_generator.make_token(user)
    return settings.SITE_URL + reverse("accounts:reset_password", args=[coded(user), token])


def coded(user) -> str:
    return urlsafe_base64_encode(force_bytes(user.pk))
