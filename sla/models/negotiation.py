"""How two sides come to an agreement: its clauses, what they say about them, and who signed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sla.models.agreement import AgreementVersion, Target


class Side(models.TextChoices):
    PROVIDER = "provider", _("Provider")
    OTHER = "other", _("Customer, team or supplier")


class Clause(models.Model):
    """A paragraph in both languages. What the engine counts by are the targets; clauses are for people."""

    class Section(models.TextChoices):
        PURPOSE = "purpose", _("Purpose")
        IN_SCOPE = "in_scope", _("In scope")
        OUT_OF_SCOPE = "out_of_scope", _("Out of scope")
        EXCLUSIONS = "exclusions", _("Exclusions")
        PROVIDER = "provider", _("The provider's responsibilities")
        CUSTOMER = "customer", _("The customer's responsibilities")
        SUPPLIER = "supplier", _("The supplier's responsibilities")
        MEASUREMENT = "measurement", _("How it is measured")
        REPORTING = "reporting", _("Reporting")
        REVIEW = "review", _("Review")

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="clauses")
    section = models.CharField(_("section"), max_length=14, choices=Section.choices)
    position = models.PositiveSmallIntegerField(default=1)
    text_zh = models.TextField(_("Chinese text"), blank=True)
    text_en = models.TextField(_("English text"), blank=True)

    class Meta:
        ordering = ["version", "section", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text_zh="", text_en=""), name="clause_has_a_text"),
        ]

    def __str__(self):
        return f"{self.section} {self.position}"


class Remark(models.Model):
    """What one side says about a clause or a target, perhaps with a counter-proposal; never deleted.

    `proposal` holds new values of the row's fields ({"seconds": 7200}). Accepting it writes them to the row.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="remarks")
    clause = models.ForeignKey(Clause, null=True, blank=True, on_delete=models.SET_NULL, related_name="remarks")
    target = models.ForeignKey(Target, null=True, blank=True, on_delete=models.SET_NULL, related_name="remarks")
    side = models.CharField(max_length=8, choices=Side.choices)
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    body = models.TextField(_("comment"), blank=True)
    proposal = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["version", "id"]

    def __str__(self):
        return f"{self.side}: {self.body[:40]}"


class Signature(models.Model):
    """A named person of one side signed exactly this content: `digest` covers every row of the version.

    A signature under other content (before changes were asked for) stays on record and counts for nothing.
    """

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=8, choices=Side.choices)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["version", "signed_at"]
        constraints = [models.UniqueConstraint(fields=["version", "side", "digest"], name="each_side_signs_once")]

    def __str__(self):
        return f"{self.name} ({self.side})"
