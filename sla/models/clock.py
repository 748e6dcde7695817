"""Clocks of tickets, the account of every counted span, and what was fired."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models import Event
from sla.models.agreement import AgreementVersion, Target
from sla.models.calendar import CalendarVersion
from tickets.models import Ticket


class Clock(models.Model):
    """The live row of one metric of one ticket.

    `memory` is the engine's whole state; the other columns are copies of what queries need, written with it.
    `terms` are the promises by which it counts, snapshotted when it starts: editing an agreement never reaches into
    a running ticket. `next_at` is all that the sweep polls.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="clocks")
    metric = models.CharField(max_length=12, choices=Target.Metric.choices)
    agreement = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="clocks")
    terms = models.JSONField()
    memory = models.JSONField()
    stage = models.CharField(max_length=12)
    outcome = models.CharField(max_length=16, blank=True, default="")
    cycle = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField()
    target_seconds = models.PositiveIntegerField(null=True)
    calendar_version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(null=True)
    base_elapsed = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    is_breached = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    next_pct = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("clock")
        constraints = [models.UniqueConstraint(fields=["ticket", "metric"], name="one_clock_per_ticket_and_metric")]
        indexes = [
            models.Index(fields=["next_at", "id"], name="clock_due", condition=Q(next_at__isnull=False)),
            models.Index(fields=["metric", "stopped_at"], name="clock_ended", condition=Q(stopped_at__isnull=False)),
        ]

    def __str__(self):
        return f"{self.metric} of {self.ticket_id}: {self.stage}"


class Segment(models.Model):
    """One span of the account, half open. Rows are superseded by a new judgement, never changed or deleted."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="segments")
    cycle = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=12)
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    seconds = models.PositiveIntegerField()
    calendar_version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    cause = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_superseded = models.BooleanField(default=False)

    class Meta:
        ordering = ["clock", "id"]

    def __str__(self):
        return f"{self.stage} {self.start_at} – {self.end_at}: {self.seconds} s"


class Firing(models.Model):
    """A threshold that was crossed: when it was due, when it fired, how late, and whether anybody was told.

    `lateness` is in whole seconds. Of several found together after an outage only the highest notifies.
    """

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="firings")
    cycle = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField()
    pct = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    fire_at = models.DateTimeField()
    fired_at = models.DateTimeField()
    lateness = models.PositiveIntegerField()
    notify = models.BooleanField()
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["clock", "id"]
        constraints = [
            models.UniqueConstraint(fields=["clock", "cycle", "revision", "pct"], name="a_threshold_fires_once")
        ]
        indexes = [models.Index(fields=["fired_at"], name="firing_by_time")]

    def __str__(self):
        return f"{self.pct} % of clock {self.clock_id}"
