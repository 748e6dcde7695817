"""A fix that was put in place, and whether it helped; a risk that somebody was asked to accept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from problems.models.problem import Problem
from problems.vocabulary import AcceptanceState, FixOutcome


class OfAProblemQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        return Q(problem__in=Problem.objects.visible_to(user))


class Fix(models.Model):
    """The changes of a problem were done at `in_place_at`. It is effective when the observation ended without anything
    coming back; `recurrence` is the incident that showed the contrary. What is in `set_aside` was taken for one and was
    none: it shows nothing any more."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="fixes")
    in_place_at = models.DateTimeField(_("fix in place"))
    outcome = models.CharField(_("effect"), max_length=14, choices=FixOutcome.choices, default=FixOutcome.OBSERVED)
    ended_at = models.DateTimeField(null=True)
    recurrence = models.ForeignKey("incidents.Incident", null=True, on_delete=models.SET_NULL, related_name="+")
    set_aside = models.ManyToManyField("incidents.Incident", related_name="+")

    objects = OfAProblemQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["problem"], condition=Q(outcome="observed"), name="one_fix_observed"),
            models.CheckConstraint(
                condition=Q(outcome="observed", ended_at=None) | (~Q(outcome="observed") & Q(ended_at__isnull=False)),
                name="fix_judged_iff_ended",
            ),
        ]
        indexes = [models.Index(fields=["ended_at"], name="fixes_by_end", condition=Q(ended_at__isnull=False))]

    def __str__(self):
        return f"{self.problem_id}: {self.outcome}"


class RiskAcceptance(models.Model):
    """Somebody asks that a known error stays as it is until `review_on`; another person decides."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="acceptances")
    reason = models.CharField(_("reason"), max_length=500)
    review_on = models.DateField(_("risk reviewed on"))
    state = models.CharField(_("state"), max_length=10, choices=AcceptanceState.choices, default=AcceptanceState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = OfAProblemQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["problem"], condition=Q(state="asked"), name="one_acceptance_asked"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")), name="risk_accepted_by_another"
            ),
        ]

    def __str__(self):
        return f"{self.problem_id}: {self.state}"
