"""Looking into the mailboxes. The trouble of one is its own; a letter is marked only after it was kept."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import override

from core import clock
from integrations import imap
from integrations.models import Mailbox
from integrations.services.receiving import take_in

logger = logging.getLogger(__name__)

EVERY = timedelta(seconds=25)
BATCH = 50
ROUND_SECONDS = 60


def poll(mailbox_id, *, is_due=True) -> int:
    """Take in what lies in one mailbox; returns how many letters. With `is_due` nothing when it was looked at just now.

    In order, letter by letter: fetch without marking; keep and handle it (`take_in`, committed); mark it. A worker
    killed in between finds the same letter again and changes nothing by it. A copy that is silent reads nobody's mail.
    """
    if settings.SILENT or not _claim(mailbox_id, is_due=is_due):
        return 0
    mailbox, taken = Mailbox.objects.get(pk=mailbox_id), 0
    try:
        for _message in _letters(mailbox):
            taken += 1
    except imap.ERRORS as error:
        logger.warning("mailbox %s: %s", mailbox.address, error)
        with override(mailbox.language):
            _note(mailbox, last_error=imap.in_words(error))
    else:
        _note(mailbox, last_error="", succeeded_at=clock.recorded_now())
    return taken


def _letters(mailbox):
    ends_at = time.monotonic() + ROUND_SECONDS
    with imap.opened(mailbox) as folder:
        for uid in folder.uids(limit=BATCH):
            if time.monotonic() > ends_at:
                return
            raw = folder.fetch(uid)
            if raw is not None:
                yield take_in(mailbox, raw.content, fault="" if raw.is_whole else "larger than 50 MB")
                folder.finish(uid)


def _claim(mailbox_id, *, is_due):
    """Of several workers one looks into a mailbox; a second look would only find what is known."""
    now = clock.recorded_now()
    mailboxes = Mailbox.objects.filter(pk=mailbox_id, is_active=True).exclude(host="")
    if is_due:
        mailboxes = mailboxes.filter(Q(checked_at=None) | Q(checked_at__lte=now - EVERY))
    return mailboxes.update(checked_at=now) == 1


def _note(mailbox, **values):
    Mailbox.objects.filter(pk=mailbox.pk).update(**values)
