"""What recurrence is looked for with: the rules of the process owner, and what is remembered of each incident."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.bilingual import BilingualName
from problems.recurring.finding import Seen, Terms
from problems.recurring.vocabulary import Basis

# The longest window of a rule, days.
LONGEST = 92


class RecurrenceRule(BilingualName):
    """So many alike incidents within so many days propose a problem; rules are asked in the order of `position`.

    The score of a proposal, by which the list is sorted, is `weight` for every time the number is reached, with
    `weight_grave` more for each incident of priority 1 or 2, and `weight_change` when it followed a change.
    """

    basis = models.CharField(_("alike are incidents with"), max_length=8, choices=Basis.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=10)
    incidents = models.PositiveSmallIntegerField(
        _("incidents, at least"), default=5, validators=[MinValueValidator(2), MaxValueValidator(100)]
    )
    days = models.PositiveSmallIntegerField(
        _("within days"), default=14, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    likeness = models.PositiveSmallIntegerField(
        _("likeness of their words, percent"), default=45, validators=[MinValueValidator(20), MaxValueValidator(100)],
        help_text=_("Only where words are compared. 100: the same words."),
    )  # fmt: skip
    factor = models.DecimalField(
        _("times as many as usual"), max_digits=4, decimal_places=1, default=2, validators=[MinValueValidator(0)],
        help_text=_("Usual is the mean of the six windows before. 0: however many are usual."),
    )  # fmt: skip
    weight = models.PositiveSmallIntegerField(_("weight of the number"), default=10)
    weight_grave = models.PositiveSmallIntegerField(_("weight of a grave incident"), default=2)
    weight_change = models.PositiveSmallIntegerField(_("weight of a change before it"), default=5)
    left_out = models.ManyToManyField(
        "tickets.Category", blank=True, related_name="+", verbose_name=_("categories left out"),
        help_text=_("Incidents of these never count: what comes often and harms nobody."),
    )  # fmt: skip
    is_active = models.BooleanField(_("in use"), default=True)

    ledger_kind = "recurrence_rule"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["position", "pk"]
        verbose_name = _("rule for recurrences")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(
                condition=Q(incidents__gte=2, days__range=(1, LONGEST), likeness__range=(20, 100), factor__gte=0),
                name="recurrence_rule_counts_something",
            ),
        ]

    @property
    def terms(self) -> Terms:
        return Terms(self.basis, self.incidents, self.days, self.likeness / 100, float(self.factor))


class SightingQuerySet(models.QuerySet):
    def on(self, key):
        """Those that may recur on a key as `keys_of` gives it."""
        basis, *on = key
        if basis == "item":
            return self.filter(items__contains=on)
        return self.filter(**dict(zip(("service", "category"), on, strict=False)))


class Sighting(models.Model):
    """An incident as it is compared, read once when it was reported or edited, so that a look reads no texts.

    Only what counts has one: not what was cancelled, or hangs under another incident. Made anew from the incidents at
    any time; what no rule looks back at any more is swept away.
    """

    incident = models.OneToOneField(
        "incidents.Incident", on_delete=models.CASCADE, primary_key=True, related_name="sighting"
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    service = models.ForeignKey("cmdb.Service", null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    category = models.ForeignKey(
        "tickets.Category", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    items = ArrayField(models.BigIntegerField(), default=list)
    words = ArrayField(models.CharField(max_length=80), default=list)
    at = models.DateTimeField()

    objects = SightingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["service", "organisation", "at"], name="sighting_on_service"),
            # How many came of a category is counted without reading any.
            models.Index(
                fields=["service", "category", "organisation", "at", "incident"],
                name="sighting_on_category",
                condition=Q(category__isnull=False),
            ),
            models.Index(fields=["at"], name="sighting_by_time"),
            GinIndex(fields=["items"], name="sighting_on_item"),
            GinIndex(fields=["words"], name="sighting_by_word"),
        ]

    def __str__(self):
        return f"{self.incident_id}"

    @property
    def seen(self) -> Seen:
        return Seen(self.pk, self.at, self.service_id, self.category_id, frozenset(self.items), frozenset(self.words))
