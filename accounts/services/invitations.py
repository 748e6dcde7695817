"""The first password, set by the invited person through a link."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.services.passwords import coded
from accounts.services.writing import require_administrator
from core.errors import Refused
from events.services import publish


class InvitationTokens:
    """Like Django's reset tokens, but good for a week: new people do not read their mail within two hours.

    A token is bound to the password in force, so the first use ends it.
    """

    lifetime = timedelta(days=7)
    signer = TimestampSigner(salt="accounts.invitation", sep="~")

    def make_token(self, user) -> str:
        return self.signer.sign(self._bound_to(user))

    def check_token(self, user, token) -> bool:
        try:
            bound = self.signer.unsign(token or "", max_age=self.lifetime)
        except BadSignature:
            return False
        return user is not None and constant_time_compare(bound, self._bound_to(user))

    @staticmethod
    def _bound_to(user):
        return salted_hmac("accounts.invitation", f"{user.pk}:{user.password}", algorithm="sha256").hexdigest()


def invitation_link(user) -> str:
    """A link that lets a new person set their first password once, within a week."""
    return settings.SITE_URL + reverse(
        "accounts:accept_invitation", args=[coded(user), InvitationTokens().make_token(user)]
    )


@transaction.atomic
def invite(user, *, actor) -> str:
    """Publish `user.invited` (its mail carries the link) and return the link for the administrator to hand over.

    Refused for somebody deactivated or with a password: that one would be replaced without their doing.
    """
    require_administrator(actor)
    if not user.is_active:
        raise Refused(_("%s is deactivated.") % user)
    if user.has_usable_password():
        raise Refused(_("%s has set a password already. They can ask for a new one on the login page.") % user)
    publish("user.invited", subject=user, actor=actor, is_public=False)
    return invitation_link(user)
