"""What an agent keeps for themselves, for one of their teams or for everybody at the desk."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet


class SharedQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """One's own, those of one's teams, and those for everybody at the desk."""
        if not user.is_staff_member:
            return Q(pk__in=[])
        return Q(owner=user.pk) | Q(audience="team", team__in=user.team_ids) | Q(audience="everybody")


class Shared(models.Model):
    """Read by its audience, changed by its owner and by administrators."""

    class Audience(models.TextChoices):
        OWN = "own", _("Only me")
        TEAM = "team", _("My team")
        EVERYBODY = "everybody", _("Everybody")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(_("for"), max_length=10, choices=Audience.choices, default=Audience.OWN)
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=100)

    objects = SharedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(audience="team") | Q(team__isnull=False), name="%(app_label)s_%(class)s_names_its_team"
            )
        ]

    def is_kept_by(self, user) -> bool:
        return self.owner_id == user.pk or user.sees_everything
