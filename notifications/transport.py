"""How a mail leaves the house: a mail server, or the demo's built-in mailbox. And what an error of either means."""

import smtplib

from django.conf import settings
from django.core.mail import get_connection


class Mailbox:
    """No mail server is set: a mail that was sent is read on the mailbox page."""

    channel = "mailbox"

    def deliver(self, message):
        """Builds the message all the same, so that what a server would refuse is refused here too."""
        message.message().as_bytes()

    def close(self):
        """Nothing is open."""


class Smtp:
    """One connection to EMAIL_HOST for a round of mails, opened at the first.

    Django's backend checks the server's certificate (ssl.create_default_context) and waits at most EMAIL_TIMEOUT
    seconds for each answer.
    """

    channel = "smtp"

    def __init__(self):
        self._connection = get_connection("django.core.mail.backends.smtp.EmailBackend")

    def deliver(self, message):
        self._connection.open()
        message.connection = self._connection
        self._connection.send_messages([message])

    def close(self):
        self._connection.close()


def current():
    return Smtp() if settings.EMAIL_HOST else Mailbox()


def is_final(error) -> bool:
    """Whether trying again is useless: the recipient or the text was refused for good, or cannot be written at all.

    A server that refuses us (login, sender, greeting) is an operator's mistake that will be mended: not final.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)


def is_about_server(error) -> bool:
    """Whether every other mail of this round would fail the same way."""
    about_mail = smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError
    return isinstance(error, OSError) and not isinstance(error, about_mail)
