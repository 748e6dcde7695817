"""Random samples of records, checked on the spot."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cmdb.models.items import ConfigurationItem
from core.querysets import VisibleQuerySet


class Audit(models.Model):
    """A random sample of records, checked on the spot. `seed` draws the same sample from the same population again."""

    name = models.CharField(_("name"), max_length=120)
    item_classes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    population = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    ledger_kind = "item-audit"

    class Meta:
        ordering = ["-id"]
        verbose_name = _("audit of records")

    def __str__(self):
        return self.name


class SampleQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        return Q(item__in=ConfigurationItem.objects.visible_to(user).values("pk"))


class Sample(models.Model):
    """A drawn record. `findings` are {fact or attribute: "" where it is right, else what is wrong}, once checked."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="samples")
    item = models.ForeignKey(ConfigurationItem, on_delete=models.PROTECT, related_name="+")
    findings = models.JSONField(default=dict)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")

    objects = SampleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["audit", "item"], name="drawn_once_in_an_audit")]

    @property
    def is_right(self) -> bool:
        """Whether nothing was found wrong; only of a checked record."""
        return not any(self.findings.values())

    def __str__(self):
        return f"{self.item} in {self.audit}"
