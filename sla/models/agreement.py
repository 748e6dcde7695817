"""What was agreed: agreements, their versions, and the targets that the engine counts by."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.bilingual import BilingualName
from sla.engine import Reopen, Retarget
from sla.models.calendar import Calendar
from tickets.vocabulary import PendingReason, Priority


def default_thresholds():
    return [50, 75, 90, 100]


class Agreement(BilingualName):
    """One agreement between parties; what counts is its version in force."""

    class Kind(models.TextChoices):
        SLA = "sla", _("Service level agreement with a customer")
        OLA = "ola", _("Operational level agreement between teams")
        UC = "uc", _("Underpinning contract with a supplier")

    slug = models.SlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices, default=Kind.SLA)
    customer = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    services = models.ManyToManyField("cmdb.Service", blank=True, related_name="agreements")
    rank = models.PositiveSmallIntegerField(_("order of matching"), default=100)

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["rank", "slug"]
        verbose_name = _("agreement")


class AgreementVersion(models.Model):
    """A version and where it stands. Only `active` binds new tickets; running tickets keep theirs."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("In force")
        SUPERSEDED = "superseded", _("Superseded")
        TERMINATED = "terminated", _("Terminated")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    active_from = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_number"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(state="active"), name="one_version_in_force_per_agreement"
            ),
        ]

    def __str__(self):
        return f"{self.agreement} v{self.number}"


class Target(models.Model):
    """One promise: within so many seconds of business time, for a metric and a priority of a kind of ticket.

    `pausing_reasons` are the pending reasons during which the clock pauses; any other pending state runs on.
    """

    class Metric(models.TextChoices):
        RESPONSE = "response", pgettext_lazy("metric", "Response")
        RESOLUTION = "resolution", pgettext_lazy("metric", "Resolution")

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="targets")
    metric = models.CharField(_("metric"), max_length=12, choices=Metric.choices)
    kind = models.CharField(_("kind of ticket"), max_length=12, default="incident")
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices)
    seconds = models.PositiveIntegerField(_("business seconds"))
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="+")
    thresholds = ArrayField(models.PositiveSmallIntegerField(), default=default_thresholds)
    pausing_reasons = ArrayField(
        models.CharField(max_length=12, choices=PendingReason.choices), default=list, blank=True
    )
    on_retarget = models.CharField(
        max_length=12, choices=[(mode.value, mode.value) for mode in Retarget], default=Retarget.RETROACTIVE.value
    )
    on_reopen = models.CharField(
        max_length=12, choices=[(mode.value, mode.value) for mode in Reopen], default=Reopen.RESUME.value
    )

    class Meta:
        ordering = ["version", "metric", "priority"]
        constraints = [
            models.UniqueConstraint(fields=["version", "metric", "kind", "priority"], name="one_target_per_promise"),
            models.CheckConstraint(condition=Q(seconds__gt=0), name="target_is_positive"),
        ]

    def __str__(self):
        return f"{self.metric} P{self.priority}: {self.seconds} s"
