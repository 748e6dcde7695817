"""A room, or a person's own robot, on a chat platform, and what is told there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from core.secrets import LOST, SecretField
from notifications.chat_platforms import MANNERS, Platform
from notifications.vocabulary import kinds


class ChatChannel(models.Model):
    """Where a team or a person is told. `address` and `secret` are written, encrypted and never shown.

    `free_at` is when it may be written to again: after the platform's interval, a failure's pause, or the end of the
    lease of the worker that is writing now.
    """

    name = models.CharField(_("name"), max_length=80)
    team = models.ForeignKey(
        "accounts.Team",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="chat_channels",
        verbose_name=_("team"),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="chat_channel"
    )
    platform = models.CharField(_("platform"), max_length=8, choices=Platform.choices)
    address = SecretField(_("webhook address"))
    secret = SecretField(_("signing secret"), blank=True, default="")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    is_active = models.BooleanField(_("active"), default=True)
    free_at = models.DateTimeField(editable=False)
    succeeded_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_error = models.TextField(blank=True, default="", editable=False)

    ledger_kind = "chat_channel"

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("chat channel")
        constraints = [
            models.CheckConstraint(
                condition=Q(team=None, user__isnull=False) | Q(team__isnull=False, user=None),
                name="chat_channel_is_of_a_team_or_a_person",
                violation_error_message=_("Choose the team that reads there."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def manners(self):
        return MANNERS[self.platform]

    @property
    def time_zone(self) -> str:
        return self.user.time_zone if self.user else settings.TIME_ZONE

    @property
    def trouble(self) -> str:
        """Why nothing arrives, in the reader's language."""
        error = LOST if self.address.is_lost or self.secret.is_lost else self.last_error
        return gettext(error) if error else ""


class ChatMessageQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """One's own; those of a team are for administrators."""
        return Q(channel__user=user.pk)

    def stuck(self):
        return self.filter(state__in=(ChatMessage.State.FAILED, ChatMessage.State.DEAD))


class ChatMessage(models.Model):
    """One piece of news for one channel, once per event; several that wait go out as one message.

    `text` may carry a mark where a personal link belongs; the link is made when it is sent and never stored.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed, will be tried again")
        DEAD = "dead", _("Given up")
        DROPPED = "dropped", _("Not sent")

    channel = models.ForeignKey(ChatChannel, on_delete=models.CASCADE, related_name="messages")
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=kinds)
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="+")
    is_internal = models.BooleanField(default=False)
    text = models.TextField()
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    last_error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = ChatMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["channel", "event"], name="chat_told_once_per_event")]
        indexes = [
            models.Index(
                fields=["channel", "id"], name="chat_due", condition=Q(state__in=("waiting", "failed", "sending"))
            ),
            models.Index(fields=["-id"], name="chat_stuck", condition=Q(state__in=("failed", "dead"))),
        ]

    def __str__(self):
        return f"{self.kind} for {self.channel_id}: {self.state}"

    @property
    def user(self):
        """Whose links it may carry: a person's own channel has a person, a team's has none."""
        return self.channel.user

    @property
    def user_id(self):
        return self.channel.user_id

    @property
    def trouble(self) -> str:
        return gettext(self.last_error) if self.last_error else ""

    @property
    def tone(self) -> str:
        return {"failed": "orange", "dead": "red", "sent": "green"}.get(self.state, "grey")
