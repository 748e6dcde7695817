"""What the auditor of the clocks found."""

from django.db import models


class AuditRun(models.Model):
    """One run of the auditor: so many clocks recomputed from the ledger, and where they differed.

    `findings` holds the first of the differences: ticket, clock, field, stored, expected. `finished_at` is empty while
    it runs, and stays so where it was killed.
    """

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    scope = models.CharField(max_length=60)
    clocks = models.PositiveIntegerField(default=0)
    differences = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.scope}: {self.clocks} clocks, {self.differences} differences"
