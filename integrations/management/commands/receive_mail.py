"""`manage.py receive_mail [--mailbox ADDRESS] < letter`: the end of a mail server's pipe."""

import sys
from os import EX_NOUSER, EX_OK, EX_TEMPFAIL

from django.core.management.base import BaseCommand
from django.db import Error

from integrations import services
from integrations.letters.reading import LARGEST
from integrations.selectors import mailbox_at


class Command(BaseCommand):
    """Exit codes as mail servers read them: 0 taken in (also into quarantine), 67 no such mailbox, 75 try later."""

    help = "Take in one letter from standard input."

    def add_arguments(self, parser):
        parser.add_argument("--mailbox", default="", help="address of the mailbox; the first active one if not given")

    def handle(self, *args, mailbox, **options):
        sys.exit(self._code(mailbox, sys.stdin.buffer.read(LARGEST + 1)))

    def _code(self, address, raw):
        try:
            mailbox = mailbox_at(address)
            if mailbox is None:
                self.stderr.write(f"There is no active mailbox {address or 'at all'}.")
                return EX_NOUSER
            message = services.take_in(mailbox, raw)
        except (Error, OSError) as error:  # the database or the disk: the letter stays with the mail server
            self.stderr.write(f"Try again later: {type(error).__name__}")
            return EX_TEMPFAIL
        self.stdout.write(f"{message.state} {message.reason}".strip())
        return EX_OK
