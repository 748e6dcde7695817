"""Keeping chat channels: who may, and that an address is the platform's own and a secret goes nowhere else."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.services.writing import apply, checked
from core import clock, safe_http
from core.errors import InvalidInput, NotAllowed
from core.secrets import Undecipherable
from events.services import publish
from notifications import chat_line
from notifications.chat_platforms import Rejected, is_at_home
from notifications.models import ChatChannel, ChatMessage

FIELDS = ("name", "team", "platform", "language", "is_active")


@transaction.atomic
def save_channel(channel, *, actor, address="", secret="", **values) -> ChatChannel:
    """Add (None) or change a team's channel, as an administrator.

    An empty `address` or `secret` keeps the one it has; a new address drops the secret of the old one. Publishes
    `chat_channel.saved` without either. Raises NotAllowed, InvalidInput (not an address of the platform).
    """
    return _save(channel or ChatChannel(), actor, address, secret, values)


@transaction.atomic
def save_own_channel(*, actor, address="", secret="", **values) -> ChatChannel:
    """Add or change the one channel in which `actor` alone is told; see `save_channel`."""
    channel = ChatChannel.objects.filter(user=actor).first() or ChatChannel(user=actor)
    return _save(channel, actor, address, secret, {"name": _("My own chat"), **values})


def _save(channel, actor, address, secret, values):
    _check_keeper(channel, actor)
    moved = values.get("platform", channel.platform) != channel.platform
    changes = apply(channel, values, FIELDS)
    if address or moved:
        channel.address, channel.secret = address.strip(), ""
    if secret:
        channel.secret = secret
    channel.free_at, channel.last_error = clock.recorded_now(), ""
    checked(channel)
    if address or moved:
        _check_address(channel.platform, channel.address.plain())
    if secret and not channel.manners.signs:
        raise InvalidInput({"secret": [_("This platform signs nothing: leave it empty.")]})
    channel.save()
    publish(
        "chat_channel.saved",
        subject=channel,
        actor=actor,
        is_public=False,
        changes=changes,
        is_address_new=bool(address),
    )
    return channel


def _check_address(platform, address):
    if not (is_at_home(platform, address) and chat_line.recognises(platform, address)):
        raise InvalidInput({"address": [_("This is not a webhook address of this platform.")]})


def try_channel(channel, *, actor) -> tuple[bool, str]:
    """(whether it arrived, what to tell) by sending a line at once. Raises NotAllowed."""
    _check_keeper(channel, actor)
    with override(channel.language):
        text = _("This is a test. News of the service desk will arrive here.")
    try:
        chat_line.deliver(channel, text)
    except TROUBLE as error:
        channel.last_error = in_words(error)
        channel.save(update_fields=["last_error"])
        return False, _("It did not arrive: %(why)s") % {"why": channel.trouble}
    channel.succeeded_at, channel.last_error = clock.recorded_now(), ""
    channel.save(update_fields=["succeeded_at", "last_error"])
    return True, _("It arrived. Look into the chat.")


TROUBLE = (Rejected, safe_http.Forbidden, OSError, Undecipherable)


def in_words(error) -> str:
    """An error for the people who keep the channel, without anything of its address."""
    if isinstance(error, (Rejected, safe_http.Forbidden, Undecipherable)):
        return str(error)
    return f"{type(error).__name__}: {error.strerror or error}"[:300]


def retry(message, *, actor):
    """Send a stuck message again, from its first attempt. Raises NotAllowed."""
    _check_keeper(message.channel, actor)
    ChatMessage.objects.stuck().filter(pk=message.pk).update(
        state=ChatMessage.State.WAITING, attempts=0, not_before=Now(), last_error=""
    )


def drop(message, *, actor):
    """Never send a stuck message. Raises NotAllowed."""
    _check_keeper(message.channel, actor)
    ChatMessage.objects.stuck().filter(pk=message.pk).update(state=ChatMessage.State.DROPPED)


def _check_keeper(channel, actor):
    if not actor.is_active or not (channel.user_id == actor.pk if channel.user_id else actor.sees_everything):
        raise NotAllowed()
