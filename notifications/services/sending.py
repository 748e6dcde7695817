"""Handing mails to the server: claimed, counted before, noted after, tried again, given up visibly."""

import logging
import time
from datetime import timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from notifications import links, selectors, transport, wording
from notifications.models import Mail
from notifications.vocabulary import ALWAYS, Way

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 30
LEASE = timedelta(seconds=60)
BATCH = 200
ROUND_SECONDS = 60

# `=`, not `IN`: a plan may run the subquery of an IN once per row, and then claims more than it returns.
_CLAIM = """
    UPDATE notifications_mail
       SET state = 'sending', attempts = attempts + 1, not_before = clock_timestamp() + %s
     WHERE id = (SELECT id FROM notifications_mail
                  WHERE state IN ('queued', 'failed', 'sending') AND not_before <= clock_timestamp()
                  ORDER BY not_before, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id
"""


def send_due(*, limit=BATCH) -> int:
    """Send due mails; returns how many left. Any number of workers may call this.

    Each mail in order: claim and count the attempt, committed before the server hears of it; ask again whether the
    recipient may have it; hand it over; note the outcome. A worker killed in between leaves a lease of 60 seconds,
    then the same mail goes out with the same Message-ID. An error backs off (30 s, doubling, at most an hour) and
    gives up after 30 attempts, about a day; a final refusal gives up at once. A server that does not answer ends
    the round. With ITSM_SILENT everything due is held instead: a restored copy tells nobody.
    """
    if settings.SILENT:
        _hold()
        return 0
    line, ends_at, sent = transport.current(), time.monotonic() + ROUND_SECONDS, 0
    try:
        for _ in range(limit):
            mail = _claim() if time.monotonic() < ends_at else None
            if mail is None:
                break
            error = _send(mail, line)
            sent += error is None
            if error is not None and transport.is_about_server(error):
                break
    finally:
        line.close()
    return sent


def _hold():
    due = Mail.objects.filter(state__in=(Mail.State.QUEUED, Mail.State.FAILED, Mail.State.SENDING))
    reason = gettext_noop("Held while the system was silent.")
    due.filter(not_before__lte=Now()).update(state=Mail.State.HELD, last_error=reason)


def _claim():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [LEASE])
        row = cursor.fetchone()
    return Mail.objects.select_related("user", "ticket", "event").get(pk=row[0]) if row else None


def _send(mail, line):
    """Hand over one claimed mail and note the outcome; returns the error, or None."""
    if selectors.is_taken_back(mail.event):
        _note(mail, state=Mail.State.WITHDRAWN, last_error="")
        return None
    if reason := _unwanted(mail):
        _note(mail, state=Mail.State.DROPPED, last_error=reason)
        return None
    try:
        line.deliver(message_of(mail))
    except Exception as error:
        line.close()
        is_dead = transport.is_final(error) or mail.attempts >= MAX_ATTEMPTS
        logger.warning("mail %s failed (attempt %s): %s", mail.pk, mail.attempts, error)
        wait = timedelta(seconds=min(15 * 2 ** min(mail.attempts, 10), 3600))
        state = Mail.State.DEAD if is_dead else Mail.State.FAILED
        _note(mail, state=state, not_before=Now() + wait, last_error=f"{type(error).__name__}: {error}"[:2000])
        return error
    _note(mail, state=Mail.State.SENT, channel=line.channel, address=mail.user.email, sent_at=Now(), last_error="")
    return None


def _note(mail, **values):
    """The attempt number fences: a worker whose lease ran out finds another one and notes nothing."""
    Mail.objects.filter(pk=mail.pk, attempts=mail.attempts, state=Mail.State.SENDING).update(**values)


def _unwanted(mail) -> str:
    """Why the recipient must not or does not want to have it any more, for the operator; empty when all is well."""
    user = mail.user
    if not user.is_active:
        return gettext_noop("The recipient was deactivated.")
    if not user.email:
        return gettext_noop("The recipient has no address.")
    if mail.ticket is not None and not selectors.may_read(user, mail.ticket, is_internal=mail.is_internal):
        return gettext_noop("The recipient may not see the ticket any more.")
    choices = selectors.choices_of([user.pk], [mail.kind])
    if mail.kind not in ALWAYS and not selectors.wants(choices, user.pk, mail.kind, Way.MAIL):
        return gettext_noop("The recipient has switched these mails off.")
    return ""


def message_of(mail) -> EmailMultiAlternatives:
    """What goes out: to the address the person has now, with its secret links, not to be answered by robots.

    Answers come back to the signed address of this ticket and person, where a mailbox takes mail in.
    """
    headers = {
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": mail.language,
    }
    if mail.thread_id:
        headers |= {"In-Reply-To": mail.thread_id, "References": mail.thread_id}
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=links.filled(mail, mail.text).lstrip(),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((wording.one_line(mail.user.name), mail.user.email))],
        reply_to=[links.reply_address(mail) or settings.DEFAULT_FROM_EMAIL],
        headers=headers,
    )
    message.attach_alternative(links.filled(mail, mail.html, is_html=True), "text/html")
    return message
