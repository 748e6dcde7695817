"""Keeping mailboxes: who may, what fits together, and that a password goes to nobody but its server."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.rules import is_administrator
from core.errors import InvalidInput, NotAllowed
from events.services import publish
from integrations import imap
from integrations.models import Mailbox

_WAY = ("host", "port", "security")
_HERE = ("127.0.0.1", "::1", "localhost")


@transaction.atomic
def save_mailbox(mailbox, *, actor, secret="", **values) -> Mailbox:
    """Add (None) or change a mailbox; an empty `secret` keeps the one it has. Publishes `mailbox.saved`.

    Raises NotAllowed, InvalidInput: a changed server, port or encryption without its password, a password without
    encryption to another machine, a server without login, contacts without an organisation, an address twice.
    """
    if not is_administrator(actor):
        raise NotAllowed()
    mailbox = mailbox or Mailbox()
    is_other_way = mailbox.secret and any(getattr(mailbox, name) != values.get(name) for name in _WAY)
    before = {name: getattr(mailbox, name) for name in values}
    for name, value in values.items():
        setattr(mailbox, name, value)
    mailbox.address = mailbox.address.lower()
    if is_other_way and mailbox.host and not secret:
        raise InvalidInput({"secret": [_("Give the password again: it would go to another place.")]})
    mailbox.secret = secret or (mailbox.secret if mailbox.host else "")
    _check(mailbox)
    mailbox.save()
    changed = sorted(name for name, value in before.items() if value != getattr(mailbox, name))
    publish("mailbox.saved", subject=mailbox, actor=actor, is_public=False, fields=changed, is_secret_new=bool(secret))
    return mailbox


def try_connection(mailbox, *, actor) -> tuple[bool, str]:
    """(whether letters can be fetched, what to tell) by signing in and counting; nothing is taken in or marked."""
    if not is_administrator(actor):
        raise NotAllowed()
    if not mailbox.host:
        return True, _("This mailbox is fed by the command receive_mail; there is nothing to connect to.")
    try:
        with imap.opened(mailbox) as folder:
            count = len(folder.uids(limit=1000))
    except imap.ERRORS as error:
        return False, imap.in_words(error)
    return True, _("It works. Letters waiting: %(count)s.") % {"count": count}


def _check(mailbox):
    problems = {}
    if mailbox.host:
        for name in ("login", "secret"):
            if not getattr(mailbox, name):
                problems[name] = [_("The server asks for it.")]
        if mailbox.security == Mailbox.Security.NONE and mailbox.host not in _HERE:
            problems["security"] = [_("Without encryption everybody on the way could read the password.")]
    if problems:
        raise InvalidInput(problems)
    try:
        mailbox.full_clean()
    except ValidationError as error:
        told = error.message_dict
        raise InvalidInput({"" if name == "__all__" else name: words for name, words in told.items()}) from None
