"""How risky a change is: what is asked, what was answered, and who decides on which score."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from changes.models.change import Change
from changes.vocabulary import Asked
from core.bilingual import BilingualName, in_reading_language
from core.querysets import VisibleQuerySet


class RiskQuestion(BilingualName):
    """`options` are `{"zh", "en", "points"}` in order; the more points, the likelier it goes wrong."""

    slug = models.SlugField(max_length=40, unique=True)
    options = models.JSONField(_("answers with points"))
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["position", "pk"]
        verbose_name = _("risk question")

    @property
    def choices(self) -> list[tuple[int, str]]:
        return [(n, in_reading_language(one["zh"], one["en"])) for n, one in enumerate(self.options)]

    @property
    def most_points(self) -> int:
        return max(one["points"] for one in self.options)


class RiskRoute(BilingualName):
    """From a score on, a level of risk and who is asked, one after the other; a later route replaces the one below."""

    from_score = models.PositiveSmallIntegerField(_("from score"), unique=True)
    asked = ArrayField(models.CharField(max_length=10, choices=Asked.choices), verbose_name=_("asked, in order"))

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["from_score"]
        verbose_name = _("risk level")

    @classmethod
    def of_score(cls, score):
        """The level of a score from 1 to 25; None where none begins so low."""
        return cls.objects.filter(from_score__lte=score).order_by("from_score").last()


class AssessmentQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        return Q(change__in=Change.objects.visible_to(user))


class RiskAssessment(models.Model):
    """What was answered about a change with just these items, and what the graph said of them then. None changes.

    `score` is `likelihood` × `impact`, each from 1 to 5; `failing` counts the services that fail with the items,
    `at_risk` those that lose their redundancy.
    """

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="assessments")
    answers = models.JSONField()
    item_ids = ArrayField(models.BigIntegerField())
    likelihood = models.PositiveSmallIntegerField(_("likelihood"))
    impact = models.PositiveSmallIntegerField(_("impact"))
    score = models.PositiveSmallIntegerField(_("risk score"))
    failing = models.PositiveIntegerField()
    at_risk = models.PositiveIntegerField()
    note = models.TextField(_("note"), blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score=models.F("likelihood") * models.F("impact")), name="risk_is_product"
            )
        ]

    def __str__(self):
        return f"{self.change_id}: {self.score}"

    @property
    def route(self):
        return RiskRoute.of_score(self.score)
