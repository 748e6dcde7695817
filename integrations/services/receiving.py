"""Taking a letter in: kept first, as it came, in a transaction of its own; then handled, once."""

import hashlib
import logging
from dataclasses import replace

from django.core.files.base import ContentFile
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext_noop

from accounts.rules import is_administrator
from core import clock
from core.errors import NotAllowed, Refused
from core.text import clean_text
from integrations import letters, selectors
from integrations.models import InboundMessage
from integrations.services.handling import Outcome, outcome_of
from integrations.vocabulary import Reason, State

logger = logging.getLogger(__name__)
BATCH = 50
MAX_ATTEMPTS = 5


def take_in(mailbox, raw, *, fault="") -> InboundMessage:
    """Keep a raw letter and do what it asks for. Taking the same letter in again changes nothing.

    In order: keep it (committed, so that whoever delivered it may forget it); handle it in a second transaction. A
    letter that cannot be handled ends in quarantine, one that met trouble with the database waits for
    `handle_waiting`. Raises only when it could not be kept.
    """
    letter = letters.read(raw)
    if fault:
        letter = replace(letter, fault=fault)
    message = _keep(mailbox, letter, raw)
    return _handle(message, letter) if message.state == State.RECEIVED else message


def handle_waiting(*, limit=BATCH) -> int:
    """Handle letters that were kept and not handled, because a worker died; returns how many.

    One that met such an end MAX_ATTEMPTS times is quarantined: it may be what kills the workers.
    """
    waiting = list(selectors.waiting_messages().select_related("mailbox")[:limit])
    for message in waiting:
        if message.attempts >= MAX_ATTEMPTS:
            _quarantine(message, Reason.FAILED, gettext_noop("It was tried several times and never finished."))
        else:
            _handle(message, letters.read(message.raw_bytes()))
    return len(waiting)


def replay(message, *, actor) -> InboundMessage:
    """Handle a letter again that was set aside or quarantined: whoever asks vouches for it.

    Neither its kind nor how many came nor what the mail server thinks of its sender is asked again.
    Raises NotAllowed, Refused (already on a ticket).
    """
    if not is_administrator(actor):
        raise NotAllowed()
    if message.state not in (State.RECEIVED, State.IGNORED, State.QUARANTINED):
        raise Refused(translation.gettext("This letter has been handled."))
    return _handle(message, letters.read(message.raw_bytes()), is_vouched=True)


@transaction.atomic
def _keep(mailbox, letter, raw):
    """The row of this letter. A Message-ID that somebody else used before is not the same letter."""
    digest = hashlib.sha256(raw).hexdigest()
    message_id = _printable(letter.message_id)[:330]
    known = InboundMessage.objects.filter(mailbox=mailbox, message_id=message_id).first()
    if known is not None and known.sender != letter.sender.address:
        message_id = f"{message_id}#{digest[:16]}"
    facts = {
        "sender": letter.sender.address,
        "sender_name": _printable(letter.sender.name)[:200],
        "subject": _printable(letter.subject)[:500],
        "size": len(raw),
        "received_at": clock.recorded_now(),
    }
    message, is_new = InboundMessage.objects.get_or_create(mailbox=mailbox, message_id=message_id, defaults=facts)
    if is_new:
        message.raw.save("letter", ContentFile(raw))
    return message


def _handle(message, letter, *, is_vouched=False):
    """Counted before, so that a letter which kills its worker is known by it."""
    InboundMessage.objects.filter(pk=message.pk).update(attempts=F("attempts") + 1)
    try:
        with transaction.atomic(), translation.override(message.mailbox.language):
            locked = InboundMessage.objects.select_for_update(of=("self",)).select_related("mailbox").get(pk=message.pk)
            if locked.state in (State.RECEIVED, State.IGNORED, State.QUARANTINED) and (
                is_vouched or locked.state == State.RECEIVED
            ):
                _note(locked, outcome_of(locked, letter, is_vouched=is_vouched))
            return locked
    except Refused as refusal:
        return _quarantine(message, Reason.REFUSED, _words(refusal))
    except (OperationalError, InterfaceError):
        logger.warning("letter %s waits for the database", message.pk, exc_info=True)
        return message
    except Exception as error:  # One letter that breaks something of ours must not stop those behind it.
        logger.exception("letter %s could not be handled", message.pk)
        return _quarantine(message, Reason.FAILED, f"{type(error).__name__}: {error}"[:2000])


@transaction.atomic
def _quarantine(message, reason, detail):
    locked = InboundMessage.objects.select_for_update().get(pk=message.pk)
    return _note(locked, Outcome(State.QUARANTINED, reason, detail))


def _note(message, outcome):
    message.state, message.reason, message.detail = outcome.state, outcome.reason, clean_text(outcome.detail)
    message.ticket_id = outcome.ticket.pk if outcome.ticket else None
    message.comment_id = outcome.comment.pk if outcome.comment else None
    message.handled_at = clock.recorded_now()
    message.save(update_fields=["state", "reason", "detail", "ticket", "comment", "handled_at"])
    return message


def _words(refusal):
    told = [str(text) for texts in refusal.fields.values() for text in texts]
    return " ".join(told or [str(refusal)])


def _printable(text):
    return clean_text("".join(mark for mark in text if mark.isprintable()))
