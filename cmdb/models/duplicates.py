"""Two records that may be of the same thing."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cmdb.models.items import ConfigurationItem
from cmdb.workflow import OVER
from core.querysets import VisibleQuerySet


class DuplicateQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """People of the desk who see both."""
        if not user.is_staff_member:
            return Q(pk__in=[])
        seen = ConfigurationItem.objects.visible_to(user).values("pk")
        return Q(first__in=seen, second__in=seen)

    def open(self):
        """Those that wait for somebody to say: both in use, and not told apart."""
        return self.filter(dismissed_at=None).exclude(first__state__in=OVER).exclude(second__state__in=OVER)


class Duplicate(models.Model):
    """A proposal: `first` and `second` may be one thing, since they share `signs`.

    A sign is "address" (with the name), "name", or "value_" and the key of an attribute that is unique. Once somebody
    told the two apart it stays for good, so that nobody is asked again.
    """

    first = models.ForeignKey(ConfigurationItem, on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(ConfigurationItem, on_delete=models.CASCADE, related_name="+")
    signs = ArrayField(models.CharField(max_length=60))
    found_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=500, blank=True)

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("possible duplicate")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_in_order"),
        ]
        indexes = [models.Index(fields=["id"], name="duplicate_open", condition=Q(dismissed_at__isnull=True))]

    def __str__(self):
        return f"{self.first_id} = {self.second_id}?"
