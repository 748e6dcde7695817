"""Who wrote: a person by their address, or a new contact where the mailbox allows it."""

import hashlib
import re

from accounts import services as accounts
from core.text import clean_text
from integrations import selectors
from integrations.models import Mailbox


def person_of(mailbox, letter):
    """The sender as a person; a stranger becomes a contact without a password if the mailbox says so, else None."""
    person = selectors.person_writing(letter.sender.address)
    if person is None and mailbox.strangers == Mailbox.Strangers.CONTACT:
        person = _contact(mailbox, letter.sender)
    return person


def _contact(mailbox, sender):
    local = sender.address.partition("@")[0]
    name = clean_text("".join(mark for mark in sender.name if mark.isprintable()))
    return accounts.create_person(
        actor=None,
        username=_login(sender.address),
        name=(name or local)[:80],
        email=sender.address,
        organisation=mailbox.organisation,
        language=mailbox.language,
    )


def _login(address):
    readable = re.sub(r"[^a-z0-9.]+", ".", address.partition("@")[0]).strip(".")[:40] or "contact"
    return f"{readable}.{hashlib.sha256(address.encode()).hexdigest()[:8]}"
