"""What was agreed: agreements, their versions, and the targets that the engine counts by."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.bilingual import BilingualName
from core.querysets import VisibleQuerySet
from sla.engine import Reopen, Retarget
from sla.models.calendar import Calendar
from tickets.vocabulary import Metric, PendingReason, Priority


def default_thresholds():
    return [50, 75, 90, 100]


class AgreementQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """An agreement is seen by whoever sees one of its versions."""
        return Q(pk__in=AgreementVersion.objects.filter(seen_by(user)).values("agreement"))


class AgreementVersionQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        return seen_by(user)


def seen_by(user) -> Q:
    """The versions of a person: see `sla/access.py`. The other side never sees a draft, nor one that was discarded."""
    own = Q(provider_signer=user.pk) | Q(other_signer=user.pk) & ~Q(state__in=AgreementVersion.PRIVATE)
    if user.is_staff_member:
        own |= Q(agreement__customer=None) | Q(agreement__customer__in=user.served_organisation_ids)
    return own


class Agreement(BilingualName):
    """One agreement between two sides; what counts is its version in force.

    The provider is always our own side, `owner` answers for it. The other side is the `customer` (SLA), the `team`
    that serves the others (OLA) or the `supplier` (underpinning contract). Of the SLAs that fit a ticket the lowest
    `rank` binds it.
    """

    class Kind(models.TextChoices):
        SLA = "sla", _("Service level agreement with a customer")
        OLA = "ola", _("Operational level agreement between teams")
        UC = "uc", _("Underpinning contract with a supplier")

    slug = models.SlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices, default=Kind.SLA)
    customer = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    supplier = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="contracts"
    )
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    owner = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="owned_agreements"
    )
    rank = models.PositiveSmallIntegerField(_("order of matching"), default=100)

    objects = AgreementQuerySet.as_manager()

    ledger_kind = "agreement"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["rank", "slug"]
        verbose_name = _("agreement")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(condition=~Q(kind="ola") | Q(team__isnull=False), name="ola_names_its_team"),
            models.CheckConstraint(condition=~Q(kind="uc") | Q(supplier__isnull=False), name="uc_names_its_supplier"),
        ]


class AgreementVersion(models.Model):
    """A version and where it stands in its negotiation.

    Only versions in force (`BINDING`) bind new tickets; running tickets keep theirs. Its scope says which tickets it
    fits: `services` (none named: all of them) but none of `excluded_services`; `item_kinds` and `priorities` likewise.
    Content can change while `EDITABLE`, never after: the database refuses.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        NEGOTIATING = "negotiating", _("In negotiation")
        PENDING_SIGNATURE = "pending_signature", _("Waiting for signatures")
        ACTIVE = "active", _("In force")
        UNDER_REVIEW = "under_review", _("In force, under review")
        SUPERSEDED = "superseded", _("Superseded")
        EXPIRED = "expired", _("Expired")
        TERMINATED = "terminated", _("Terminated")
        DISCARDED = "discarded", _("Discarded")

    BINDING = (State.ACTIVE, State.UNDER_REVIEW)
    EDITABLE = (State.DRAFT, State.NEGOTIATING)
    # What one side keeps to itself: the other one neither sees nor hears of it.
    PRIVATE = (State.DRAFT, State.DISCARDED)

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.DRAFT)
    services = models.ManyToManyField("cmdb.Service", blank=True, related_name="agreement_versions")
    excluded_services = models.ManyToManyField("cmdb.Service", blank=True, related_name="+")
    # Short names of classes, without those below them: what is signed is read as it was signed.
    item_kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    priorities = ArrayField(models.PositiveSmallIntegerField(choices=Priority.choices), default=list, blank=True)
    policy = models.ForeignKey(
        "sla.EscalationPolicy", null=True, blank=True, on_delete=models.PROTECT, related_name="agreement_versions"
    )
    starts_on = models.DateField(_("in force from"), null=True, blank=True)
    ends_on = models.DateField(_("in force until"), null=True, blank=True)
    review_on = models.DateField(_("next review"), null=True, blank=True)
    provider_signer = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    other_signer = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    active_from = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    review_reminded_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AgreementVersionQuerySet.as_manager()

    ledger_kind = "agreement_version"

    class Meta:
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_number"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=["active", "under_review"]),
                name="one_version_in_force_per_agreement",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="agreement_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.agreement} v{self.number}"

    @property
    def is_binding(self) -> bool:
        return self.state in self.BINDING

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE


class Target(models.Model):
    """One promise: within so many seconds of business time, for a metric and a priority of a kind of ticket.

    `pausing_reasons` are the pending reasons during which the clock pauses; any other pending state runs on. A
    supplier's clock is the reverse: it runs only while the ticket waits for the supplier.
    """

    Metric = Metric

    class TeamMode(models.TextChoices):
        CUMULATIVE = "cumulative", _("All assignments together")
        PER_ASSIGNMENT = "per_assignment", _("Each assignment anew")

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="targets")
    metric = models.CharField(_("metric"), max_length=12, choices=Metric.choices)
    kind = models.CharField(_("kind of ticket"), max_length=12, default="incident")
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices)
    seconds = models.PositiveIntegerField(_("business seconds"), validators=[MinValueValidator(1)])
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
    team_mode = models.CharField(max_length=16, choices=TeamMode.choices, default=TeamMode.CUMULATIVE)

    class Meta:
        ordering = ["version", "metric", "priority"]
        constraints = [
            models.UniqueConstraint(fields=["version", "metric", "kind", "priority"], name="one_target_per_promise"),
            models.CheckConstraint(condition=Q(seconds__gt=0), name="target_is_positive"),
        ]

    def __str__(self):
        return f"{self.metric} P{self.priority}: {self.seconds} s"
