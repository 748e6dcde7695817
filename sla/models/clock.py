"""Clocks of tickets, the account of every counted span, what was fired, and every ruling on the terms."""

from functools import lru_cache

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from events.models import Event
from sla.engine import Retarget
from sla.models.agreement import Agreement, AgreementVersion, Target
from sla.models.calendar import CalendarVersion
from tickets.models import Ticket


class Terms(models.Model):
    """What a clock counts by, snapshotted: targets and calendar versions by priority, thresholds, escalation steps.

    Addressed by content: the thousands of clocks that count by the same terms share one row, which never changes.
    """

    digest = models.CharField(max_length=64, unique=True)
    content = models.JSONField()

    class Meta:
        verbose_name_plural = "terms"

    def __str__(self):
        return self.digest[:12]


@lru_cache(maxsize=2048)
def terms_by_id(pk: int) -> dict:
    """The content of terms, kept in the process: terms never change. Treat it as read only."""
    return Terms.objects.values_list("content", flat=True).get(pk=pk)


class ClockQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Promises to the customer for whoever sees the ticket; shares of teams and suppliers for the desk."""
        seen = Q(ticket__in=Ticket.objects.visible_to(user))
        if not user.is_staff_member:
            return seen & Q(kind=Agreement.Kind.SLA)
        return seen & (Q(kind=Agreement.Kind.SLA) | Q(ticket__organisation__in=user.served_organisation_ids))


class Clock(models.Model):
    """The live row of one metric of one ticket, for the whole of it, for one team's share or for a supplier's.

    `memory` is the engine's whole state; the other columns are copies of what queries need, written with it.
    `terms` are in force now; `rulings` tell when and why. `next_at` is all that the sweep polls.
    A withdrawn clock lost its agreement: it follows its ticket no longer.
    """

    # Clocks are written more than anything else, so that only what is asked for has an index.
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="clocks", db_index=False)
    kind = models.CharField(max_length=4, choices=Agreement.Kind.choices, default=Agreement.Kind.SLA)
    metric = models.CharField(max_length=12, choices=Target.Metric.choices)
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    supplier = models.ForeignKey(
        "accounts.Organisation", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agreement = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="clocks", db_index=False)
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="+", db_index=False)
    memory = models.JSONField()
    stage = models.CharField(max_length=12)
    outcome = models.CharField(max_length=16, blank=True, default="")
    cycle = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField()
    target_seconds = models.PositiveIntegerField(null=True)
    calendar_version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField(null=True)
    base_elapsed = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    is_breached = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    is_withdrawn = models.BooleanField(default=False)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "kind", "metric", "team", "supplier"],
                nulls_distinct=False,
                name="one_clock_per_ticket_and_share",
            )
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], name="clock_due", condition=Q(next_at__isnull=False)),
            models.Index(fields=["team"], name="clock_of_team", condition=Q(team__isnull=False)),
            models.Index(fields=["supplier"], name="clock_of_supplier", condition=Q(supplier__isnull=False)),
            models.Index(fields=["metric", "stopped_at"], name="clock_ended", condition=Q(stopped_at__isnull=False)),
            models.Index(
                fields=["terms", "id"],
                name="clock_open_by_terms",
                condition=Q(stage__in=["running", "paused"]),
            ),
            models.Index(
                fields=["agreement", "id"],
                name="clock_open_by_agreement",
                condition=Q(stage__in=["running", "paused"]),
            ),
        ]

    def __str__(self):
        return f"{self.metric} of {self.ticket_id}: {self.stage}"


class Ruling(models.Model):
    """From `at` on these terms govern the clock; append-only. The first one starts it.

    `mode` says how what ran before is judged (S11); empty is the metric's own way. A withdrawal ends the clock.
    """

    class Reason(models.TextChoices):
        STARTED = "started", _("The clock started")
        CALENDAR = "calendar", _("The calendar changed")
        AGREEMENT = "agreement", _("Another agreement or version applies")
        WITHDRAWN = "withdrawn", _("The agreement was withdrawn")

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="rulings")
    at = models.DateTimeField()
    reason = models.CharField(max_length=10, choices=Reason.choices)
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(
        max_length=12, choices=[(mode.value, mode.value) for mode in Retarget], blank=True, default=""
    )
    after = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["clock", "id"]
        indexes = [models.Index(fields=["at"], name="ruling_by_time", condition=~Q(reason="started"))]

    def __str__(self):
        return f"{self.reason} {self.at}"


class Segment(models.Model):
    """One span of the account, half open. Rows are superseded by a new judgement, never changed or deleted."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="segments")
    cycle = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=12)
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    seconds = models.PositiveIntegerField()
    calendar_version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    cause = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_superseded = models.BooleanField(default=False)

    class Meta:
        ordering = ["clock", "id"]

    def __str__(self):
        return f"{self.stage} {self.start_at} – {self.end_at}: {self.seconds} s"


class Firing(models.Model):
    """A threshold that was crossed: when it was due, when it fired, how late, and whether anybody was told.

    It is `pct` percent of the target moved by `offset` business seconds. `lateness` is in whole seconds. Of several
    found together after an outage only the highest notifies.
    """

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="firings")
    cycle = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField()
    pct = models.PositiveSmallIntegerField()
    offset = models.IntegerField(default=0)
    due_at = models.DateTimeField()
    fire_at = models.DateTimeField()
    fired_at = models.DateTimeField()
    lateness = models.PositiveIntegerField()
    notify = models.BooleanField()
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["clock", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "cycle", "revision", "pct", "offset"],
                condition=Q(is_withdrawn=False),
                name="a_threshold_fires_once",
            )
        ]
        indexes = [models.Index(fields=["fired_at"], name="firing_by_time")]

    def __str__(self):
        return f"{self.pct} % of clock {self.clock_id}"


class Correction(models.Model):
    """A clock was judged anew from the ledger because a fact arrived late; append-only.

    `before` and `after` hold what people were shown: elapsed, due_at, breached, outcome, and the firings withdrawn.
    """

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="corrections")
    cause = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        ordering = ["clock", "id"]

    def __str__(self):
        return f"correction of clock {self.clock_id} at {self.at}"
