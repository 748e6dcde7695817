"""A change of calendar or agreement carried to the open clocks, in batches that may stop and go on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sla.engine import Retarget
from sla.models.agreement import Agreement
from sla.models.calendar import Calendar


class Recalculation(models.Model):
    """One such change and how far it came; `cursor` is the last clock done.

    Every batch rules by what is in force when it runs, so of two changes in a row no clock keeps the middle one.
    Exactly one of `calendar` and `agreement` is set.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        TAKEN_OVER = "taken_over", _("Taken over by a later change")

    calendar = models.ForeignKey(Calendar, null=True, on_delete=models.PROTECT, related_name="recalculations")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="recalculations")
    mode = models.CharField(max_length=12, choices=[(mode.value, mode.value) for mode in Retarget])
    requested_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    cursor = models.BigIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    breaches_gained = models.PositiveIntegerField(default=0)
    breaches_withdrawn = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], name="recalculation_running", condition=models.Q(state="running"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(calendar__isnull=True) ^ models.Q(agreement__isnull=True),
                name="recalculation_of_one_thing",
            )
        ]

    def __str__(self):
        return f"{self.calendar or self.agreement}: {self.state}"
