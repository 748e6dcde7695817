"""When deadlines were not watched in time: an episode each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SweepDelay(models.Model):
    """From `noticed_at` until `ended_at` the oldest due deadline waited longer than it may; `worst` in seconds."""

    noticed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    worst = models.PositiveIntegerField(_("longest wait in seconds"))

    ledger_kind = "sweep_delay"

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(ended_at=None), name="one_sweep_delay_at_a_time")
        ]

    def __str__(self):
        return f"{self.noticed_at} – {self.ended_at}: {self.worst} s"
