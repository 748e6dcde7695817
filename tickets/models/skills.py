"""What work asks of people: skills that a service or a category needs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Skill, SkillLevel
from cmdb.models import Service
from core.querysets import VisibleQuerySet


class SkillRequirementQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """What categories ask for, and the services that one sees."""
        return Q(service__isnull=True) | Q(service__in=Service.objects.visible_to(user))


class SkillRequirement(models.Model):
    """Whoever is given a ticket about the service, or of the category, has the skill at `level` or above."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="requirements")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices, default=SkillLevel.SOLID)
    service = models.ForeignKey(
        "cmdb.Service", null=True, blank=True, on_delete=models.CASCADE, related_name="skill_requirements"
    )
    category = models.ForeignKey(
        "tickets.Category", null=True, blank=True, on_delete=models.CASCADE, related_name="skill_requirements"
    )

    objects = SkillRequirementQuerySet.as_manager()

    class Meta:
        ordering = ["skill", "id"]
        verbose_name = _("required skill")
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "service", "category"], nulls_distinct=False, name="one_level_per_skill_and_work"
            ),
            models.CheckConstraint(
                condition=Q(service__isnull=True) ^ Q(category__isnull=True), name="skill_for_service_or_category"
            ),
        ]

    def __str__(self):
        return f"{self.about}: {self.skill} {self.level}"

    @property
    def about(self):
        return self.service or self.category
