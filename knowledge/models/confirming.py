"""The task to look whether a published version is still right; there from its review-by day until it is settled."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.querysets import VisibleQuerySet
from knowledge.models.version import ArticleVersion


class ConfirmationQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """People of the desk who see the version."""
        if not user.is_staff_member:
            return Q(pk=None)
        return Q(version__in=ArticleVersion.objects.visible_to(user))

    def open(self):
        return self.filter(closed_at=None)


class Confirmation(models.Model):
    """Asked of whoever owns the article now; `escalated_to` looks after it as well once they let it lie."""

    class Stage(models.IntegerChoices):
        ASKED = 0, pgettext_lazy("confirmation", "asked of its owner")
        REMINDED = 1, pgettext_lazy("confirmation", "reminded")
        ESCALATED = 2, pgettext_lazy("confirmation", "escalated")

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("Still right")
        REPLACED = "replaced", _("Replaced by the next version")
        RETIRING = "retiring", _("Proposed to retire")
        RETIRED = "retired", pgettext_lazy("article", "Retired")

    version = models.ForeignKey("knowledge.ArticleVersion", on_delete=models.CASCADE, related_name="confirmations")
    due_on = models.DateField()
    stage = models.PositiveSmallIntegerField(choices=Stage.choices, default=Stage.ASKED)
    escalated_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("confirmation of an article")
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(closed_at=None), name="one_open_confirmation_per_version"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="a_closed_confirmation_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "opened_at"], name="confirmations_to_urge", condition=Q(closed_at=None)),
        ]

    def __str__(self):
        return f"{self.version} ({self.due_on})"
