"""API tokens: the secret is shown once and kept only as a digest."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import ApiToken, User
from accounts.selectors import digest_of
from accounts.services.writing import checked
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events.services import publish

LIVE_AT_MOST = 50
_TOUCH_EVERY = timedelta(minutes=1)


@transaction.atomic
def issue_token(user, name, scopes, expires_at=None, *, actor) -> tuple[ApiToken, str]:
    """(token, secret): a new token of `user`. The secret can never be read again.

    `actor` is the owner, or None for the operator's command. The scope `admin` is only given to administrators,
    and is worth nothing once its owner no longer is one. Publishes `user.token_issued`, without the secret.
    """
    if actor is not None and actor.pk != user.pk:
        raise NotAllowed()
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise Refused(_("%s is deactivated.") % user)
    scopes = [scope for scope in ApiToken.Scope.values if scope in set(scopes)]
    if not scopes:
        raise InvalidInput({"scopes": [_("Choose at least one scope.")]})
    if ApiToken.Scope.ADMIN in scopes and not user.sees_everything:
        raise InvalidInput({"scopes": [_("Only administrators have tokens that administer.")]})
    now = clock.recorded_now()
    if expires_at is not None and expires_at <= now:
        raise InvalidInput({"expires_at": [_("Choose a time in the future.")]})
    if user.api_tokens.filter(revoked_at=None).count() >= LIVE_AT_MOST:
        raise Refused(_("You have very many tokens. Revoke one you no longer need."))
    secret = f"itsm_{secrets.token_urlsafe(32)}"
    token = ApiToken(
        user=user, name=clean_text(name), prefix=secret[:12], digest=digest_of(secret), scopes=scopes,
        expires_at=expires_at,
    )  # fmt: skip
    checked(token).save()
    publish(
        "user.token_issued", subject=user, actor=actor, is_public=False,
        token=token.pk, label=token.name, scopes=scopes, expires_at=expires_at,
    )  # fmt: skip
    return token, secret


@transaction.atomic
def revoke_token(token, *, actor):
    """End a token at once. Owners end their own, administrators anybody's. Twice is once."""
    if actor is not None and actor.pk != token.user_id and not actor.sees_everything:
        raise NotAllowed()
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("user").get(pk=token.pk)
    if token.revoked_at is None:
        end(token, actor=actor, at=clock.recorded_now())
    return token


def end(token, *, actor, at):
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    publish("user.token_revoked", subject=token.user, actor=actor, is_public=False, token=token.pk, label=token.name)


def touch_token(token):
    """Note that a token was used, at most once a minute: a busy client costs no write per request."""
    now = clock.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - _TOUCH_EVERY)
    if token.last_used_at is None or token.last_used_at < now - _TOUCH_EVERY:
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
        token.last_used_at = now
