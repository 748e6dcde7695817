"""A recurrence that was found, what belongs to it, and what somebody decided about it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from problems.models.recurring import RecurrenceRule
from problems.recurring.vocabulary import Basis, ProposalState


class ProposalQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """People of the desk, where they serve the organisation: they see every incident of it."""
        return Q(organisation__in=user.served_organisation_ids) if user.is_staff_member else Q(pk__in=())

    def open(self):
        return self.filter(state=ProposalState.OPEN)

    def on(self, key):
        """Those found on a key as `keys_of` gives it."""
        basis, *on = key
        names = {"item": ("item",), "category": ("service", "category"), "words": ("service",)}[basis]
        return self.filter(basis=basis, **dict(zip(names, on, strict=True)))


class Proposal(models.Model):
    """Incidents that recur on one signature: an item, a service with a category, or a service with `words`.

    `usual` is how many come in as many days else. Who decides was told when it held `told_count`. Dismissed, it
    silences its signature until `silent_until`, or until twice `silent_count` incidents have come. Accepted or merged
    it names its `problem`, or the proposal it went into.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(RecurrenceRule, null=True, on_delete=models.SET_NULL, related_name="proposals")
    basis = models.CharField(_("basis"), max_length=8, choices=Basis.choices)
    item = models.ForeignKey(
        "cmdb.ConfigurationItem", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("item")
    )
    service = models.ForeignKey(
        "cmdb.Service", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("service")
    )
    category = models.ForeignKey(
        "tickets.Category", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("category")
    )
    words = ArrayField(models.CharField(max_length=80), default=list)
    usual = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    told_count = models.PositiveIntegerField(default=0)
    score = models.PositiveIntegerField(_("score"), default=0)
    first_at = models.DateTimeField(_("first incident"))
    last_at = models.DateTimeField(_("last incident"))
    created_at = models.DateTimeField(_("proposed"))
    incidents = models.ManyToManyField("incidents.Incident", through="ProposedIncident", related_name="proposals")

    state = models.CharField(_("state"), max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    problem = models.ForeignKey(
        "problems.Problem", null=True, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("problem")
    )
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    reason = models.CharField(_("reason"), max_length=500, blank=True, default="")
    silent_until = models.DateField(_("silent until"), null=True)
    silent_count = models.PositiveIntegerField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    ledger_kind = "problem_proposal"

    class Meta:
        ordering = ["-score", "-pk"]
        verbose_name = _("proposed problem")
        indexes = [
            models.Index(fields=["-score", "-id"], name="proposals_to_decide", condition=Q(state="open")),
            models.Index(fields=["item"], name="proposals_on_item", condition=Q(item__isnull=False)),
            models.Index(fields=["service", "category"], name="proposals_on_service"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "item"], name="one_open_proposal_per_item",
                condition=Q(state="open", basis="item"),
            ),
            models.UniqueConstraint(
                fields=["organisation", "service", "category"], name="one_open_proposal_per_service_and_category",
                condition=Q(state="open", basis="category"),
            ),
            models.CheckConstraint(
                condition=Q(basis="item", item__isnull=False)
                | Q(basis="category", service__isnull=False, category__isnull=False)
                | Q(basis="words", service__isnull=False),
                name="proposal_names_what_recurs",
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | (~Q(reason="") & Q(silent_until__isnull=False)),
                name="dismissed_proposal_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(problem__isnull=False), name="accepted_proposal_has_its_problem"
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.item or self.category or self.service)

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN


class ProposedIncident(models.Model):
    """An incident of a proposal. Nobody sees one who does not see the incident."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="rows")
    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="proposed_in")

    class Meta:
        ordering = ["incident"]
        constraints = [models.UniqueConstraint(fields=["proposal", "incident"], name="proposed_once")]

    def __str__(self):
        return f"{self.proposal_id}: {self.incident_id}"
