"""What people can do: skills by level, with the evidence and the day it runs out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.bilingual import BilingualName

# So many days before a skill runs out, its holder and their leads hear of it.
TOLD_DAYS_AHEAD = 30


class SkillLevel(models.IntegerChoices):
    """What somebody does with it: with help, alone, for the hard cases too, or teaching others."""

    BASIC = 1, pgettext_lazy("skill", "1 · with help")
    SOLID = 2, pgettext_lazy("skill", "2 · alone")
    DEEP = 3, pgettext_lazy("skill", "3 · hard cases")
    EXPERT = 4, pgettext_lazy("skill", "4 · teaches")


class SkillQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What people of the desk can do is common knowledge there."""
        if user is None or not user.is_authenticated or not user.is_active or not user.is_staff_member:
            return self.none()
        return self.all()


class Skill(BilingualName):
    slug = models.SlugField(_("Short name"), max_length=80, unique=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = SkillQuerySet.as_manager()

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

    class Told(models.IntegerChoices):
        """What was said already about its end."""

        NOTHING = 0
        SOON = 1
        OVER = 2

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="holders")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    link = models.URLField(_("link to the evidence"), max_length=500, blank=True)
    expires_on = models.DateField(_("valid through"), null=True, blank=True)
    told = models.PositiveSmallIntegerField(choices=Told.choices, default=Told.NOTHING, editable=False)

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

    def has_run_out(self, day) -> bool:
        return self.expires_on is not None and self.expires_on < day

    def runs_out_soon(self, day) -> bool:
        """Valid on `day`, and not much longer."""
        return self.expires_on is not None and 0 <= (self.expires_on - day).days <= TOLD_DAYS_AHEAD


class SkillClaim(models.Model):
    """What a person says of themselves. It counts for nothing until somebody who may rate them confirms it."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="skill_claims")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="claims")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel.choices)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    link = models.URLField(_("link to the evidence"), max_length=500, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        verbose_name = _("claim of a skill")
        constraints = [
            models.UniqueConstraint(fields=["user", "skill"], name="one_claim_per_person_and_skill"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="claimed_level_from_one_to_four"),
        ]

    def __str__(self):
        return f"{self.user}: {self.skill} {self.level}?"
