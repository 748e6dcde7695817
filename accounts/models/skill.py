"""What people can do: skills by level, with the evidence and the day it runs out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.bilingual import BilingualName


class SkillLevel(models.IntegerChoices):
    """What somebody does with it: with help, alone, for the hard cases too, or teaching others."""

    BASIC = 1, pgettext_lazy("skill", "1 · with help")
    SOLID = 2, pgettext_lazy("skill", "2 · alone")
    DEEP = 3, pgettext_lazy("skill", "3 · hard cases")
    EXPERT = 4, pgettext_lazy("skill", "4 · teaches")


class Skill(BilingualName):
    slug = models.SlugField(_("Short name"), max_length=80, unique=True)
    is_active = models.BooleanField(_("in use"), default=True)

    ledger_kind = "skill"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["slug"]
        verbose_name = _("skill")


class PersonSkillQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Those that have not run out: what expires on a day still holds on that day."""
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day))


class PersonSkill(models.Model):
    """A person's level in one skill. `evidence` says why it is believed; past `expires_on` it counts no more."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="holders")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    expires_on = models.DateField(_("valid through"), null=True, blank=True)

    objects = PersonSkillQuerySet.as_manager()

    class Meta:
        ordering = ["skill", "-level", "user"]
        verbose_name = _("skill of a person")
        constraints = [
            models.UniqueConstraint(fields=["user", "skill"], name="one_level_per_person_and_skill"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="skill_level_from_one_to_four"),
        ]

    def __str__(self):
        return f"{self.user}: {self.skill} {self.level}"
