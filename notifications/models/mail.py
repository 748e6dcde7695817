"""The outbox: a mail is a row before it is a message."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from notifications.vocabulary import kinds
from tickets.models import Ticket


class MailQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """One's own; for people of the desk also the mails of tickets they serve."""
        own = Q(user=user.pk)
        if not user.is_staff_member:
            return own
        served = Q(ticket__organisation__in=user.served_organisation_ids)
        return own | (served & Q(ticket__in=Ticket.objects.visible_to(user)))

    def in_trouble(self):
        """Failed and waiting for the next try, given up, held, or come back."""
        return self.filter(state__in=(Mail.State.FAILED, Mail.State.DEAD, Mail.State.HELD, Mail.State.BOUNCED))


class Mail(models.Model):
    """One mail to one person, once per effect key.

    `text` and `html` carry marks where secret links belong; the links are made when the mail is sent or shown and
    never stored. `message_id` follows from the effect key, so that a mail handed over twice (a worker that died
    before it noted the server's acceptance) is one mail to its reader. `not_before` is the next try, the end of the
    lease of the worker that is sending it, or the end of the time in which a reply can be withdrawn.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed, will be tried again")
        DEAD = "dead", _("Given up")
        HELD = "held", _("Held back")
        DROPPED = "dropped", _("Not sent")
        WITHDRAWN = "withdrawn", _("Withdrawn before it was sent")
        BOUNCED = "bounced", _("Came back")

    class Channel(models.TextChoices):
        SMTP = "smtp", _("Mail server")
        MAILBOX = "mailbox", _("Built-in mailbox")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mails")
    address = models.EmailField(_("address"))
    language = models.CharField(max_length=10)
    kind = models.CharField(_("kind"), max_length=16, choices=kinds)
    ticket = models.ForeignKey("tickets.Ticket", null=True, blank=True, on_delete=models.CASCADE, related_name="mails")
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="mails")
    is_internal = models.BooleanField(default=False)
    subject = models.CharField(_("subject"), max_length=400)
    text = models.TextField()
    html = models.TextField()
    effect_key = models.CharField(max_length=80, unique=True)
    message_id = models.CharField(max_length=160)
    thread_id = models.CharField(max_length=160, blank=True, default="")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    channel = models.CharField(max_length=8, choices=Channel.choices, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    last_error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["not_before", "id"], name="mail_due", condition=Q(state__in=("queued", "failed", "sending"))
            ),
            models.Index(
                fields=["-id"], name="mail_trouble", condition=Q(state__in=("failed", "dead", "held", "bounced"))
            ),
            models.Index(fields=["address", "-id"], name="mail_bounced", condition=Q(state="bounced")),
            models.Index(fields=["message_id"], name="mails_by_message_id"),
            models.Index(fields=["ticket", "id"], name="mails_of_ticket"),
            models.Index(fields=["user", "-id"], name="mails_of_person"),
        ]

    def __str__(self):
        return f"{self.kind} to {self.user_id}: {self.state}"

    @property
    def trouble(self) -> str:
        """Why it is not sent, in the reader's language where the words are ours."""
        return gettext(self.last_error) if self.last_error else ""

    @property
    def tone(self) -> str:
        """The colour of its state."""
        tones = {"sent": "green", "failed": "orange", "dead": "red", "held": "yellow", "bounced": "red"}
        return tones.get(self.state, "grey")
