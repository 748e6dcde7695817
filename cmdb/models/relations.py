"""What stands between items: relations, groups of which some are enough, and frozen pictures of them."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cmdb.models.classes import RelationType
from cmdb.models.items import ConfigurationItem
from core.querysets import VisibleQuerySet


class RedundancyGroup(models.Model):
    """Of the providers whose relations name this group, `needed` must work for `dependant` to work."""

    dependant = models.ForeignKey(ConfigurationItem, on_delete=models.CASCADE, related_name="redundancy_groups")
    name = models.CharField(_("name"), max_length=120)
    needed = models.PositiveSmallIntegerField(_("needed"), default=1)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("redundancy group")
        constraints = [
            models.CheckConstraint(condition=Q(needed__gte=1), name="group_needs_somebody"),
            models.UniqueConstraint(fields=["dependant", "name"], name="group_once"),
        ]

    def __str__(self):
        return self.name


class RelationQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Whoever sees both ends."""
        seen = ConfigurationItem.objects.visible_to(user).values("pk")
        return Q(source__in=seen, target__in=seen)


class Relation(models.Model):
    """`source` <verb> `target`. `provider` and `dependant` say which end suffers; both empty when neither does.

    They follow from the type's impact and are kept here, so that the impact graph is one table with two indexes.
    """

    source = models.ForeignKey(
        ConfigurationItem, on_delete=models.CASCADE, related_name="relations_out", db_index=False
    )
    target = models.ForeignKey(ConfigurationItem, on_delete=models.CASCADE, related_name="relations_in")
    relation_type = models.ForeignKey(RelationType, on_delete=models.PROTECT, related_name="relations")
    provider = models.ForeignKey(
        ConfigurationItem, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    dependant = models.ForeignKey(
        ConfigurationItem, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    group = models.ForeignKey(
        RedundancyGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="relations"
    )
    origin = models.CharField(_("from"), max_length=40, default="manual")
    created_at = models.DateTimeField()

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("relation")
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "relation_type"], name="relation_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="relation_joins_two"),
        ]
        indexes = [
            models.Index(
                fields=["provider"], include=["dependant", "group"], name="impact_down",
                condition=Q(provider__isnull=False),
            ),
            models.Index(
                fields=["dependant"], include=["provider", "group"], name="impact_up",
                condition=Q(dependant__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.source_id} {self.relation_type_id} {self.target_id}"


class BaselineQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        return Q(item__in=ConfigurationItem.objects.visible_to(user).values("pk"))


class Baseline(models.Model):
    """How an item, or all it needs as well, stood at a moment. The database refuses UPDATE."""

    item = models.ForeignKey(ConfigurationItem, on_delete=models.PROTECT, related_name="baselines")
    name = models.CharField(_("name"), max_length=120)
    is_whole = models.BooleanField(_("with everything it needs"), default=False)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(encoder=DjangoJSONEncoder)

    objects = BaselineQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_at", "-id"]
        verbose_name = _("baseline")

    def __str__(self):
        return self.name
