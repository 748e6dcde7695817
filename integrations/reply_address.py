"""The signed address that answers to our mails go to: `desk+r-7-c-<signature>@host` for one ticket and one person.

It says which ticket an answer belongs to when a mail program drops every other trace. It lets nobody in: who writes
is asked separately. It never expires; a new SECRET_KEY ends all of them.
"""

import base64
import re

from django.utils.crypto import constant_time_compare, salted_hmac

_TOKEN = re.compile(r"\br-([0-9a-f]{1,15})-([0-9a-f]{1,15})-([a-z2-7]{16})\b", re.IGNORECASE)


def token(ticket_id: int, user_id: int) -> str:
    """Letters and digits that survive a change of case."""
    return f"r-{ticket_id:x}-{user_id:x}-{_signature(ticket_id, user_id)}"


def address(mailbox_address: str, ticket_id: int, user_id: int) -> str:
    local, _, host = mailbox_address.partition("@")
    return f"{local}+{token(ticket_id, user_id)}@{host}"


def ticket_of(recipients) -> int | None:
    """The key of the ticket that one of these addresses was made for; None when none was made by us."""
    for found in (found for recipient in recipients for found in _TOKEN.finditer(recipient)):
        ticket_id, user_id = int(found[1], 16), int(found[2], 16)
        if constant_time_compare(found[3].lower(), _signature(ticket_id, user_id)):
            return ticket_id
    return None


def plain(recipient: str) -> str:
    """An address without what stands behind its plus."""
    local, at, host = recipient.partition("@")
    return f"{local.partition('+')[0]}{at}{host}"


def _signature(ticket_id, user_id):
    digest = salted_hmac("integrations.reply", f"{ticket_id}.{user_id}", algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()
