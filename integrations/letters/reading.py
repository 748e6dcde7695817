"""One letter from its raw bytes. Whatever they are, an answer comes back: a letter, or what is wrong with it."""

import email
import hashlib
import re
from email import policy

from integrations.letters import nature, parts, quotes
from integrations.letters.headers import Headers
from integrations.letters.letter import NOBODY, Letter, Nature

LARGEST = 50 * 1024 * 1024
_MOST_BOUNDARIES = 150


def read(raw: bytes) -> Letter:
    """The letter in `raw`. Never raises: a letter that cannot be used carries its `fault`, and an id all the same."""
    fallback = f"<{hashlib.sha256(raw).hexdigest()[:40]}@no-message-id>"
    if len(raw) > LARGEST:
        return Letter(message_id=fallback, fault="larger than 50 MB")
    if len(re.findall(rb"boundary\s*=", raw, re.IGNORECASE)) > _MOST_BOUNDARIES:
        return Letter(message_id=fallback, fault="too many parts")
    try:
        return _read(raw, fallback)
    except (Exception, RecursionError) as error:
        # Strangers write what they like and the standard library has its corners: one letter is set aside, not all.
        return Letter(message_id=fallback, fault=f"unreadable: {type(error).__name__}")


def _read(raw, fallback):
    message = email.message_from_bytes(raw.lstrip(b"\r\n"), policy=policy.compat32)
    headers = Headers(message)
    kind = nature.nature_of(message, headers)
    contents = parts.contents_of(message)
    text = "\n\n".join(body for body in contents.bodies if body.strip())[: parts.LONGEST_TEXT]
    sender = _sender(headers)
    return Letter(
        message_id=next(iter(headers.ids("message-id")), fallback),
        sender=sender,
        recipients=_recipients(headers),
        subject=headers.words("subject")[:500],
        answers_to=_answers_to(headers),
        text=quotes.without_marks(text),
        reply=quotes.reply_of(text),
        files=tuple(contents.files),
        nature=kind,
        report=nature.report_of(message) if kind == Nature.BOUNCE else None,
        is_forged=nature.is_forged(headers),
        left_out=tuple(contents.left_out[:20]),
        fault="" if sender.address or kind == Nature.BOUNCE else "no sender",
    )


def _sender(headers):
    return next(iter(headers.addresses("from") or headers.addresses("sender")), NOBODY)


def _recipients(headers):
    found = headers.addresses("delivered-to", "x-original-to", "envelope-to", "to", "cc")
    return tuple(dict.fromkeys(one.address for one in found))


def _answers_to(headers):
    return tuple(dict.fromkeys([*headers.ids("in-reply-to"), *reversed(headers.ids("references"))]))
