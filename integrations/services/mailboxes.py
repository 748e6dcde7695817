"""Keeping mailboxes: who may, what fits together, and that a password goes to nobody but its server."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services.writing import apply, checked, require_administrator
from core.errors import InvalidInput
from events.services import publish
from integrations import imap
from integrations.models import Mailbox

FIELDS = (
    "name", "address", "is_active", "service", "team", "language", "strangers", "organisation",
    "host", "port", "security", "login", "folder", "done_folder",
)  # fmt: skip
_HERE = ("127.0.0.1", "::1", "localhost")


@transaction.atomic
def save_mailbox(mailbox, *, actor, secret="", **values) -> Mailbox:
    """Add (None) or change a mailbox; an empty `secret` keeps the one it has. Publishes `mailbox.saved`.

    Raises NotAllowed, InvalidInput: a changed server, port or encryption without its password, a password without
    encryption to another machine, a server without login, contacts without an organisation, an address twice.
    """
    require_administrator(actor)
    mailbox = mailbox or Mailbox()
    had_secret = bool(mailbox.secret)
    changes = apply(mailbox, {**values, "address": values["address"].lower()}, FIELDS)
    if had_secret and mailbox.host and not secret and changes.keys() & {"host", "port", "security"}:
        raise InvalidInput({"secret": [_("Give the password again: it would go to another place.")]})
    mailbox.secret = secret or (mailbox.secret if mailbox.host else "")
    _check(mailbox)
    mailbox.save()
    publish("mailbox.saved", subject=mailbox, actor=actor, is_public=False, changes=changes, is_secret_new=bool(secret))
    return mailbox


def try_connection(mailbox, *, actor) -> tuple[bool, str]:
    """(whether letters can be fetched, what to tell) by signing in and counting; nothing is taken in or marked."""
    require_administrator(actor)
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
    checked(mailbox)
