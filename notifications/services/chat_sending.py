"""Handing waiting lines to the chat platforms: one message per channel and turn, below what each platform allows."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop, ngettext, override

from core import safe_http
from notifications import chat_line, links, selectors
from notifications.chat_platforms import Rejected
from notifications.models import ChatChannel, ChatMessage
from notifications.services.chat_channels import TROUBLE, in_words
from notifications.services.chat_telling import queue_link
from notifications.vocabulary import ALWAYS, Way

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 15
LEASE = timedelta(seconds=60)
ROUND_SECONDS = 60
AT_ONCE = 500
LINES = 10

_DUE = """message.state IN ('waiting', 'failed', 'sending') AND message.not_before <= clock_timestamp()"""
# `=`, not `IN`: a plan may run the subquery of an IN once per row, and then claims more than it returns.
_CLAIM = f"""
    UPDATE notifications_chatchannel SET free_at = clock_timestamp() + %s
     WHERE id = (SELECT channel.id FROM notifications_chatchannel channel
                  WHERE channel.free_at <= clock_timestamp()
                    AND EXISTS (SELECT 1 FROM notifications_chatmessage message
                                 WHERE message.channel_id = channel.id AND {_DUE})
                  ORDER BY channel.free_at, channel.id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id
"""


def send_due_chats() -> int:
    """Write to every channel that may be written to and has news; returns how many messages left.

    Each channel in order: claim it and count the attempt, committed before the platform hears of it; ask again
    whether each line may be told; hand them over as one message; note the outcome. A worker killed in between
    leaves a lease of 60 seconds, then the same lines go out once more. An error pauses this channel alone (30 s,
    doubling, at most an hour; as long as the platform asks for) and gives up after 15 attempts, a final refusal at
    once. With ITSM_SILENT everything waits.
    """
    if settings.SILENT:
        return 0
    ends_at, sent = time.monotonic() + ROUND_SECONDS, 0
    while time.monotonic() < ends_at and (claimed := _claim()):
        sent += _write_to(*claimed)
    return sent


@transaction.atomic
def _claim():
    """(channel, its due lines), leased and counted; None when nothing is due."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [LEASE])
        row = cursor.fetchone()
    if row is None:
        return None
    channel = ChatChannel.objects.select_related("user", "team").get(pk=row[0])
    states = (ChatMessage.State.WAITING, ChatMessage.State.FAILED, ChatMessage.State.SENDING)
    due = channel.messages.filter(state__in=states, not_before__lte=Now()).order_by("pk")
    lines = list(due.select_related("ticket", "event")[:AT_ONCE])
    for line in lines:
        line.channel, line.attempts, line.state = channel, line.attempts + 1, ChatMessage.State.SENDING
    ChatMessage.objects.bulk_update(lines, ["attempts", "state"])
    return channel, lines


def _write_to(channel, lines) -> int:
    lines = [line for line in lines if not _dropped(line)]
    if not lines:
        _free(channel, channel.manners.interval)
        return 0
    try:
        chat_line.deliver(channel, composed(channel, lines), events=[_plain(line) for line in lines])
    except TROUBLE as error:
        _note_failure(channel, lines, error)
        return 0
    now = Now()
    with transaction.atomic():
        if _free(channel, channel.manners.interval, succeeded_at=now, last_error=""):
            _of(lines).update(state=ChatMessage.State.SENT, sent_at=now, last_error="")
    return 1


def _note_failure(channel, lines, error):
    words, attempts = in_words(error), min(line.attempts for line in lines)
    logger.warning("chat channel %s failed (attempt %s): %s", channel.pk, attempts, words)
    wait = min(15 * 2 ** min(attempts, 10), 3600)
    if isinstance(error, Rejected) and error.wait is not None:
        wait = max(error.wait, channel.manners.interval)
    is_final = isinstance(error, safe_http.Forbidden) or getattr(error, "is_final", False)
    worn = Q() if is_final else Q(attempts__gte=MAX_ATTEMPTS)
    with transaction.atomic():
        if not _free(channel, wait, last_error=words):
            return
        _of(lines).filter(worn).update(state=ChatMessage.State.DEAD, last_error=words)
        _of(lines).update(state=ChatMessage.State.FAILED, not_before=Now() + timedelta(seconds=wait), last_error=words)


def _of(lines):
    return ChatMessage.objects.filter(pk__in=[line.pk for line in lines], state=ChatMessage.State.SENDING)


def _free(channel, seconds, **values) -> int:
    """The end of the lease fences: a worker whose lease ran out finds another one and notes nothing."""
    leased = ChatChannel.objects.filter(pk=channel.pk, free_at=channel.free_at)
    return leased.update(free_at=Now() + timedelta(seconds=seconds), **values)


def _dropped(line) -> bool:
    """Whether a line must not be told any more; notes why."""
    reason = _unwanted(line)
    if reason:
        ChatMessage.objects.filter(pk=line.pk).update(state=ChatMessage.State.DROPPED, last_error=reason)
    return bool(reason)


def _unwanted(line) -> str:
    channel, user = line.channel, line.user
    if not channel.is_active:
        return gettext_noop("The channel was switched off.")
    if selectors.is_taken_back(line.event):
        return gettext_noop("It was withdrawn.")
    if user is None:
        sees = channel.team.is_active and selectors.team_sees(channel.team, line.ticket)
        return "" if sees else gettext_noop("The team may not see the ticket any more.")
    if not selectors.may_read(user, line.ticket, is_internal=line.is_internal):
        return gettext_noop("The recipient may not see the ticket any more.")
    choices = selectors.choices_of([user.pk], [line.kind])
    wanted = line.kind in ALWAYS or selectors.wants(choices, user.pk, line.kind, Way.CHAT)
    return "" if wanted else gettext_noop("The recipient has switched these messages off.")


def composed(channel, lines) -> str:
    """One text of at most the platform's length: the first lines whole, and how many more there are."""
    room, told = channel.manners.longest - 300, []
    for line in lines[:LINES]:
        text = links.filled(line, line.text)
        room -= len(text.encode()) + 2
        if room < 0 and told:
            break
        told.append(text)
    if rest := len(lines) - len(told):
        with override(channel.language):
            more = ngettext("and %(n)s more", "and %(n)s more", rest) % {"n": rest}
        told.append(f"{more}\n{queue_link(channel)}")
    return "\n\n".join(told)


def _plain(line) -> dict:
    """What a machine that reads a webhook is told."""
    return {
        "id": line.event_id,
        "event": line.event.name,
        "at": line.event.at.isoformat(),
        "ticket": line.ticket.number,
        "title": line.ticket.title,
        "priority": line.ticket.priority,
        "state": line.ticket.state,
    }
