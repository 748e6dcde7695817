"""Event: what happened, append-only. Delivery: one owed reaction. DaySeal: the hash chain of a finished day."""

from datetime import timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

NEWS_FOR = timedelta(days=2)


class Event(models.Model):
    """One fact, written in the transaction of the change it tells of. The database refuses UPDATE and DELETE.

    `at` is when it happened (travelling clocks and imports put it in the past); `recorded_at` is when the
    database wrote it. `digest` is filled by a trigger over the whole row and chained per day by `DaySeal`.
    The subject is named by kind and id, so that history outlives it.
    """

    name = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=models.functions.Now(), editable=False, null=True)
    is_public = models.BooleanField(default=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    cause = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="effects", db_index=False)
    request_id = models.CharField(max_length=20, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_by_subject"),
            models.Index(fields=["name", "at"], name="event_by_name"),
            models.Index(fields=["recorded_at"], name="event_by_recorded_at"),
        ]

    def __str__(self):
        return f"{self.name} {self.subject_kind}:{self.subject_id}"

    @property
    def is_history(self) -> bool:
        """Imported or seeded: recorded long after it happened, so that it is neither news nor a reason to act."""
        return self.recorded_at - self.at > NEWS_FOR


class Delivery(models.Model):
    """A reaction owed to an event: claimed by a worker, done exactly once, retried with back-off, or dead."""

    class State(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        DEAD = "dead"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    handler = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True, default="")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="one_delivery_per_event_and_handler")]
        indexes = [
            models.Index(fields=["not_before", "id"], name="delivery_due", condition=Q(state="pending")),
            models.Index(fields=["id"], name="delivery_dead", condition=Q(state="dead")),
        ]

    def __str__(self):
        return f"{self.handler} for {self.event_id}: {self.state}"


class DaySeal(models.Model):
    """The fold of all event digests recorded on one UTC day, chained to the day before."""

    day = models.DateField(primary_key=True)
    count = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.day}: {self.count}"
