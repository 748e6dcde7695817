"""A mailbox on its server: look for letters, fetch them raw, mark them done. Certificates are checked, waits end."""

import imaplib
import re
import socket
import ssl
from contextlib import contextmanager
from typing import NamedTuple

from django.utils.translation import gettext as _
from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from core.secrets import Undecipherable
from integrations.letters.reading import LARGEST

TIMEOUT_SECONDS = 20
ERRORS = (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError)
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class Raw(NamedTuple):
    """One letter as it lies there. Of one that is too large to fetch `content` is its head alone."""

    uid: str
    content: bytes
    is_whole: bool


class Folder:
    """The open folder of a mailbox."""

    def __init__(self, connection, mailbox):
        self._connection, self._done_folder = connection, mailbox.done_folder

    def uids(self, *, limit) -> list[str]:
        """Letters to take in, oldest first: what is unread, or all of a folder whose letters are moved away."""
        return self._connection.uids("ALL" if self._done_folder else "UNSEEN")[:limit]

    def fetch(self, uid) -> Raw | None:
        """The letter, left unread; None when somebody took it away meanwhile."""
        size = _SIZE.search(b"".join(self._asked(uid, "(RFC822.SIZE)")))
        if size is None:
            return None
        is_whole = int(size[1]) <= LARGEST
        parts = self._asked(uid, "(BODY.PEEK[])" if is_whole else "(BODY.PEEK[HEADER])")
        return Raw(uid, max(parts, key=len, default=b""), is_whole)

    def finish(self, uid):
        """Mark a letter as taken in: moved to the folder for that, or read."""
        if self._done_folder:
            self._connection.move(uid, self._done_folder)
        else:
            self._connection.client.uid("STORE", uid, "+FLAGS", "(\\Seen)")

    def _asked(self, uid, what):
        status, answer = self._connection.client.uid("FETCH", uid, what)
        if status != "OK":
            raise imaplib.IMAP4.error(str(answer))
        return [piece for line in answer for piece in (line if isinstance(line, tuple) else (line,)) if piece]


@contextmanager
def opened(mailbox):
    """The folder of `mailbox`, signed in. Raises one of ERRORS; `in_words` says what it means."""
    secret = mailbox.secret.plain()
    connection = _connect(mailbox)
    try:
        is_plain = f"{mailbox.login}{secret}".isascii()
        (connection.login if is_plain else connection.login_utf8)(mailbox.login, secret, initial_folder=None)
        if mailbox.done_folder and not connection.folder.exists(mailbox.done_folder):
            raise MailboxFolderSelectError(("NO", [mailbox.done_folder.encode()]), "OK")
        connection.folder.set(mailbox.folder)
        yield Folder(connection, mailbox)
    finally:
        _close(connection)


def _connect(mailbox):
    host, port = mailbox.host, mailbox.port
    if mailbox.security == mailbox.Security.NONE:
        return MailBoxUnencrypted(host, port, timeout=TIMEOUT_SECONDS)
    context = ssl.create_default_context()
    kind = MailBox if mailbox.security == mailbox.Security.TLS else MailBoxStartTls
    return kind(host, port, timeout=TIMEOUT_SECONDS, ssl_context=context)


def _close(connection):
    try:
        connection.logout()
    except ERRORS:
        connection.client.shutdown()


def in_words(error) -> str:
    """What went wrong, for whoever set the mailbox up."""
    if isinstance(error, Undecipherable):
        return _(str(error))
    for kind, words in (
        (ssl.SSLCertVerificationError, _("The server's certificate is not valid for this name.")),
        (ssl.SSLError, _("No encrypted connection: is this the right port and encryption?")),
        (socket.gaierror, _("There is no server of this name.")),
        (TimeoutError, _("The server does not answer.")),
        (ConnectionRefusedError, _("Nothing listens at this port.")),
        (MailboxLoginError, _("The server refuses login or password.")),
        (MailboxFolderSelectError, _("There is no such folder.")),
    ):
        if isinstance(error, kind):
            return f"{words} ({type(error).__name__})"
    return f"{type(error).__name__}: {error}"[:500]
