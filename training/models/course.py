"""What can be learned, and how far it takes somebody."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import SkillLevel
from core.bilingual import BilingualName
from core.querysets import VisibleQuerySet


class ForTheDesk(VisibleQuerySet):
    """Common knowledge to people of the desk, and to nobody else."""

    visibility_joins = False

    def visibility(self, user) -> Q:
        return Q() if user.is_staff_member else Q(pk__in=[])


class Course(BilingualName):
    """Whoever passes it has `skill` at `level`, for `valid_months` (None: without end). `cost` is a person's, in CNY.

    `articles` are read beforehand or instead of lessons.
    """

    skill = models.ForeignKey("accounts.Skill", on_delete=models.PROTECT, related_name="courses")
    level = models.PositiveSmallIntegerField(_("level reached"), choices=SkillLevel.choices, default=SkillLevel.SOLID)
    hours = models.DecimalField(
        _("hours"),
        max_digits=5,
        decimal_places=1,
        default=8,
        validators=[MinValueValidator(0), MaxValueValidator(2000)],
    )
    cost = models.DecimalField(
        _("cost per person (CNY)"), max_digits=10, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    provider = models.CharField(_("provider"), max_length=120, blank=True)
    valid_months = models.PositiveSmallIntegerField(
        _("valid for months"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    description = models.TextField(_("contents"), max_length=5000, blank=True)
    articles = models.ManyToManyField(
        "knowledge.Article", blank=True, related_name="courses", verbose_name=_("to read")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects = ForTheDesk.as_manager()

    ledger_kind = "course"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["skill__slug", "level", "id"]
        verbose_name = _("course")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="course_level_from_one_to_four"),
            models.CheckConstraint(condition=Q(cost__gte=0), name="course_cost_is_not_negative"),
        ]
