"""What work asks of people: skills that a service, a category or a class of items needs."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Skill, SkillLevel
from cmdb.models import Service
from core.querysets import VisibleQuerySet

# What can ask for a skill.
ABOUT = ("service", "category", "item_class")


def _exactly_one(*names) -> Q:
    ways = [Q(**{f"{one}__isnull": one != given for one in names}) for given in names]
    return reduce(or_, ways)


class SkillRequirementQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """What categories and classes ask for, and the services that one sees."""
        return Q(service__isnull=True) | Q(service__in=Service.objects.visible_to(user))


class SkillRequirement(models.Model):
    """Whoever is given a ticket about the service, of the category, or about an item of the class (or of one below
    it), has the skill at `level` or above."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="requirements")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices, default=SkillLevel.SOLID)
    service = models.ForeignKey(
        "cmdb.Service", null=True, blank=True, on_delete=models.CASCADE, related_name="skill_requirements"
    )
    category = models.ForeignKey(
        "tickets.Category", null=True, blank=True, on_delete=models.CASCADE, related_name="skill_requirements"
    )
    item_class = models.ForeignKey(
        "cmdb.ItemClass", null=True, blank=True, on_delete=models.CASCADE, related_name="skill_requirements"
    )

    objects = SkillRequirementQuerySet.as_manager()

    class Meta:
        ordering = ["skill", "id"]
        verbose_name = _("required skill")
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "service", "category", "item_class"],
                nulls_distinct=False,
                name="one_level_per_skill_and_work",
            ),
            models.CheckConstraint(condition=_exactly_one(*ABOUT), name="skill_for_one_thing"),
        ]

    def __str__(self):
        return f"{self.about}: {self.skill} {self.level}"

    @property
    def about(self):
        return self.service or self.category or self.item_class
