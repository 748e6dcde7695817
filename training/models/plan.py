"""Who of a team is to learn what in a year, and for how much."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import is_manager
from core.querysets import VisibleQuerySet
from training.workflow import PLAN


class PlanQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """One's own teams, those one leads; managers see all."""
        if not user.is_staff_member:
            return Q(pk__in=[])
        return Q() if is_manager(user) else Q(team__in=user.team_ids | user.led_team_ids)


class Plan(models.Model):
    """`budget` is in CNY. While the plan is approved what its lines cost never exceeds it."""

    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="training_plans")
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    budget = models.DecimalField(
        _("budget (CNY)"), max_digits=12, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PLAN.choices(), default=PLAN.initial.key)

    objects = PlanQuerySet.as_manager()

    ledger_kind = "training-plan"
    workflow = PLAN

    class Meta:
        ordering = ["-year", "team__slug"]
        verbose_name = _("training plan")
        constraints = [
            models.UniqueConstraint(fields=["team", "year"], name="one_training_plan_per_team_and_year"),
            models.CheckConstraint(condition=Q(budget__gte=0), name="training_budget_is_not_negative"),
        ]

    def __str__(self):
        return f"{self.team} {self.year}"

    @property
    def state_info(self):
        return PLAN.state(self.state)


class PlanItem(models.Model):
    """A person is to take a course, because of `reason`. `cost` is the course's when it was planned, in CNY."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="planned_courses")
    course = models.ForeignKey("training.Course", on_delete=models.PROTECT, related_name="planned")
    cost = models.DecimalField(_("cost (CNY)"), max_digits=10, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["plan", "id"]
        verbose_name = _("line of a training plan")
        constraints = [
            models.UniqueConstraint(fields=["plan", "person", "course"], name="planned_once"),
            models.CheckConstraint(condition=Q(cost__gte=0), name="planned_cost_is_not_negative"),
        ]

    def __str__(self):
        return f"{self.person}: {self.course}"
