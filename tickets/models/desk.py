"""What the desk remembers: saved views, drafts, own keys, and who is looking at a ticket right now."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.sharing import Shared
from tickets.models.ticket import Ticket


class SavedView(Shared):
    """A named query of the desk; the query itself is the URL's query string."""

    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("query"), max_length=500)

    def __str__(self):
        return self.name


class Presence(models.Model):
    """A heartbeat of an open ticket page. Rows older than a minute mean nothing and are swept."""

    class Doing(models.TextChoices):
        VIEWING = "viewing"
        TYPING = "typing"
        AWAY = "away"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    doing = models.CharField(max_length=8, choices=Doing.choices, default=Doing.VIEWING)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="present_once")]

    def __str__(self):
        return f"{self.user_id} at {self.ticket_id}"


class Draft(models.Model):
    """What somebody typed and has not sent: by form field. An answer belongs to a ticket, a new ticket to none."""

    class Kind(models.TextChoices):
        ANSWER = "answer"
        NEW = "new"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    ticket = models.ForeignKey(Ticket, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    values = models.JSONField(default=dict)
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "ticket", "kind"], name="one_draft_per_person_and_form", nulls_distinct=False
            )
        ]

    def __str__(self):
        return f"{self.kind} of {self.person_id} at {self.ticket_id}"


class KeyChoice(models.Model):
    """Another key than the usual one for an act of the desk: `{usual: own}`; "" switches that one off."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="key_choice")
    is_on = models.BooleanField(_("Use keyboard shortcuts"), default=True)
    own = models.JSONField(default=dict)

    def __str__(self):
        return f"keys of {self.person_id}"
