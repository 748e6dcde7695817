"""Past tickets played again under a draft, in batches that may stop and go on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.business_time import BusinessCalendar
from core.querysets import VisibleQuerySet
from sla.engine import Outcome
from sla.models.agreement import AgreementVersion
from sla.models.calendar import Calendar


class ReplayQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        return Q(owner=user.pk)


class Replay(models.Model):
    """What was asked, how far it came, and what was found. Exactly one of `agreement_version` and `calendar` is set.

    `content` is the calendar as it is tried: zone, weekly, exceptions, and the recorded offsets of a saved version,
    whose `calendar_number` it has; a draft has none. `cursor` is the last ticket done, the newest come first.
    `tallies` are {metric: {"before" | "after": {outcome, "" for no clock: count}}}. `flips` holds the first of those
    whose verdict would be another; `flipped` counts them all.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    agreement_version = models.ForeignKey(AgreementVersion, null=True, on_delete=models.CASCADE, related_name="+")
    calendar = models.ForeignKey(Calendar, null=True, on_delete=models.CASCADE, related_name="+")
    calendar_number = models.PositiveIntegerField(null=True)
    content = models.JSONField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    total = models.PositiveIntegerField()
    seen = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(null=True)
    clocks = models.PositiveIntegerField(default=0)
    differing = models.PositiveIntegerField(default=0)
    tallies = models.JSONField(default=dict)
    flipped = models.PositiveIntegerField(default=0)
    flips = models.JSONField(default=list)

    objects = ReplayQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], name="replay_running", condition=Q(state="running"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(calendar__isnull=True) ^ Q(agreement_version__isnull=True), name="replay_of_one_thing"
            )
        ]

    def __str__(self):
        if self.calendar_id is None:
            return str(self.agreement_version)
        if self.calendar_number is None:
            return str(_("%(calendar)s, draft") % {"calendar": self.calendar})
        return f"{self.calendar} v{self.calendar_number}"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    def compiled(self) -> BusinessCalendar:
        """The tried calendar."""
        given = self.content
        return BusinessCalendar.of(given["zone"], given["weekly"], given["exceptions"], given.get("offsets", []))

    def attainment(self) -> list[tuple]:
        """(metric, (met, judged) before, (met, judged) after) of each metric."""
        return [(metric, _attained(t["before"]), _attained(t["after"])) for metric, t in sorted(self.tallies.items())]


def _attained(outcomes) -> tuple[int, int]:
    met = outcomes.get(Outcome.MET, 0)
    return met, met + outcomes.get(Outcome.BREACHED, 0)
