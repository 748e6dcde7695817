"""An operator's hand on the outbox: try again, let go what was held, throw away."""

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.rules import is_administrator
from core.errors import NotAllowed, Refused
from notifications.models import Mail

_STUCK = (Mail.State.FAILED, Mail.State.DEAD, Mail.State.HELD, Mail.State.BOUNCED)


def release(mail, *, actor):
    """Queue a failed, given-up or held mail again, from its first attempt. Raises NotAllowed, Refused."""
    _change(mail, actor, state=Mail.State.QUEUED, attempts=0, not_before=Now(), last_error="")


def discard(mail, *, actor):
    """Never send a stuck mail. It stays readable as not sent."""
    _change(mail, actor, state=Mail.State.DROPPED)


def release_held(*, actor) -> int:
    """Queue every held mail, once an operator has confirmed that this is the real system; returns how many."""
    _check(actor)
    held = Mail.objects.filter(state=Mail.State.HELD)
    return held.update(state=Mail.State.QUEUED, attempts=0, not_before=Now(), last_error="")


def _change(mail, actor, **values):
    _check(actor)
    if not Mail.objects.filter(pk=mail.pk, state__in=_STUCK).update(**values):
        raise Refused(_("This mail is not stuck any more."))


def _check(actor):
    if not is_administrator(actor):
        raise NotAllowed()
