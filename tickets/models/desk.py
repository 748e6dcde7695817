"""What the desk remembers: saved views and who is looking at a ticket right now."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from tickets.models.ticket import Ticket


class SavedViewQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """One's own, those of one's teams, and those for everybody at the desk."""
        if not user.is_staff_member:
            return Q(pk__in=[])
        return Q(owner=user.pk) | Q(audience="team", team__in=user.team_ids) | Q(audience="everybody")


class SavedView(models.Model):
    """A named query of the desk; the query itself is the URL's query string."""

    class Audience(models.TextChoices):
        OWN = "own", _("Only me")
        TEAM = "team", _("My team")
        EVERYBODY = "everybody", _("Everybody")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("query"), max_length=500)
    audience = models.CharField(_("for"), max_length=10, choices=Audience.choices, default=Audience.OWN)
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=100)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(audience="team") | Q(team__isnull=False), name="team_view_has_a_team")
        ]

    def __str__(self):
        return self.name


class Presence(models.Model):
    """A heartbeat of an open ticket page. Rows older than a minute mean nothing and are swept."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    is_typing = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="present_once")]

    def __str__(self):
        return f"{self.user_id} at {self.ticket_id}"
