"""A letter that came in: kept as it came before anything is done with it."""

import secrets

from django.db import models
from django.utils.translation import gettext as _

from integrations.models.mailbox import Mailbox
from integrations.vocabulary import Reason, State


def random_path(message, filename):
    """Where the raw letter lies: nothing of its words, nothing guessable."""
    token = secrets.token_hex(20)
    return f"letters/{token[:2]}/{token}"


class InboundMessage(models.Model):
    """One letter to one mailbox; `message_id` makes taking it in twice the same as once.

    `attempts` counts tries to handle it. `detail` says more than `reason` does: the refusal, the error, the fault.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="messages")
    message_id = models.CharField(max_length=400)
    sender = models.EmailField(blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    raw = models.FileField(upload_to=random_path, max_length=200)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True, default="")
    detail = models.TextField(blank=True, default="")
    ticket = models.ForeignKey(
        "tickets.Ticket", null=True, blank=True, on_delete=models.SET_NULL, related_name="letters"
    )
    comment = models.ForeignKey(
        "tickets.Comment", null=True, blank=True, on_delete=models.SET_NULL, related_name="letters"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["mailbox", "message_id"], name="letter_once_per_mailbox")]
        indexes = [
            models.Index(fields=["state", "-id"], name="letters_by_state"),
            models.Index(fields=["sender", "received_at"], name="letters_of_sender"),
            models.Index(fields=["mailbox", "received_at"], name="letters_of_mailbox"),
            models.Index(fields=["message_id"], name="letters_by_message_id"),
        ]

    def __str__(self):
        return f"{self.mailbox_id}: {self.subject[:60]}"

    def raw_bytes(self) -> bytes:
        with self.raw.open("rb") as kept:
            return kept.read()

    @property
    def why(self) -> str:
        """Reason and detail in one line, in the reader's language where the words are ours."""
        words = [self.get_reason_display() if self.reason else "", _(self.detail) if self.detail else ""]
        return ": ".join(filter(None, words))

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return {"threaded": "green", "opened": "green", "quarantined": "red", "bounced": "orange"}.get(
            self.state, "grey"
        )
