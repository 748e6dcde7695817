"""One act on many tickets: what was asked, how far it is, and what became of each row."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from core.querysets import VisibleQuerySet


class BulkJobQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        return Q(owner=user.pk)


class BulkJob(models.Model):
    """`outcome` holds one `{"ticket", "number", "is_done", "message"}` per finished row, in the order of `ticket_ids`.

    The row and its ticket's change commit together, so a killed worker's successor goes on where it stopped.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bulk_jobs")
    action = models.CharField(max_length=20)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    ticket_ids = ArrayField(models.BigIntegerField())
    outcome = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BulkJobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], name="bulk_job_waiting", condition=Q(state="waiting"))]

    def __str__(self):
        return f"{self.action} on {self.total} tickets"

    @property
    def total(self) -> int:
        return len(self.ticket_ids)

    @property
    def done(self) -> int:
        """Rows that were tried, whatever became of them."""
        return len(self.outcome)

    @property
    def is_finished(self) -> bool:
        return self.state == self.State.DONE

    @property
    def refused(self) -> list:
        return [row for row in self.outcome if not row["is_done"]]
