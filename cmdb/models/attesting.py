"""Owners confirm their records: who is asked for what, until when, and what they answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cmdb.models.items import ConfigurationItem
from core.querysets import VisibleQuerySet


class CampaignQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """People of the desk; whoever is asked sees what they are asked for."""
        return Q(pk__isnull=False) if user.is_staff_member else Q(attestations__item__owner=user.pk)

    def open(self):
        return self.filter(closed_at=None)


class Campaign(models.Model):
    """Owners are asked, until a day, to confirm what is recorded as theirs. `item_classes` are short names."""

    name = models.CharField(_("name"), max_length=120)
    item_classes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    due_on = models.DateField(_("until"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = CampaignQuerySet.as_manager()

    ledger_kind = "attestation"

    class Meta:
        ordering = ["-id"]
        verbose_name = _("confirmation campaign")

    def __str__(self):
        return self.name


class AttestationQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Whoever owns the item, and people of the desk who see it."""
        return Q(item__in=ConfigurationItem.objects.visible_to(user).values("pk"))

    def owed(self):
        """Not answered yet, of campaigns that go on."""
        return self.filter(answer="", campaign__closed_at=None)

    def owed_by(self, person):
        """What waits for the answer of the item's present owner."""
        return self.owed().filter(item__owner=person)


class Attestation(models.Model):
    """One item in a campaign. Its owner at the moment is asked: "right", or "wrong" and why."""

    class Answer(models.TextChoices):
        RIGHT = "right", _("Right")
        WRONG = "wrong", _("Something is wrong")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="attestations")
    item = models.ForeignKey(ConfigurationItem, on_delete=models.CASCADE, related_name="attestations")
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    objects = AttestationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "item"], name="asked_once_in_a_campaign")]

    def __str__(self):
        return f"{self.item} in {self.campaign}"
