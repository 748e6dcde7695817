"""Analyses of a problem's cause: the tree as it is, every state it was in, and the trees one can begin with."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.bilingual import BilingualName, in_reading_language
from core.querysets import VisibleQuerySet
from problems.causes import Method, Tree, parse
from problems.models.problem import Problem


class AnalysisQuerySet(VisibleQuerySet):
    def visibility(self, user) -> Q:
        """Whoever sees the problem."""
        return Q(problem__in=Problem.objects.visible_to(user))

    def kept(self):
        """Those that nobody took away."""
        return self.filter(removed_at=None)


class Analysis(models.Model):
    """A fishbone or 5 Whys of a problem; a problem may have several. The tree is one document (decision 0013).

    Taken away it keeps everything and can come back; its cause counts no more.
    """

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="analyses")
    method = models.CharField(_("method"), max_length=12, choices=Method.choices)
    document = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    # Derived from the document, so that a step of the problem need not read it.
    has_confirmed_leaf = models.BooleanField(default=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    removed_because = models.CharField(_("reason"), max_length=500, blank=True, default="")

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("root cause analysis")
        constraints = [
            models.CheckConstraint(condition=Q(method__in=Method.values), name="analysis_by_a_known_method"),
            models.CheckConstraint(
                condition=Q(removed_at=None) | ~Q(removed_because=""), name="removed_analysis_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.get_method_display()}: {self.document['head']}"

    @property
    def tree(self) -> Tree:
        return parse(self.document)


class AnalysisVersion(models.Model):
    """An analysis as it stood after one saving: what another's changes are told apart by, and its history."""

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    document = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["analysis", "version"], name="one_analysis_of_each_version")]

    def __str__(self):
        return f"{self.analysis_id} v{self.version}"


class AnalysisTemplate(BilingualName):
    """A tree to begin with, written as an outline in each language: one cause a line, two blanks a level."""

    method = models.CharField(_("method"), max_length=12, choices=Method.choices, default=Method.FISHBONE)
    outline_zh = models.TextField(_("Outline in Chinese"), blank=True, default="", max_length=20_000)
    outline_en = models.TextField(_("Outline in English"), blank=True, default="", max_length=20_000)
    is_active = models.BooleanField(_("offered"), default=True)

    ledger_kind = "analysis_template"

    class Meta(BilingualName.Meta):
        ordering = ["pk"]
        verbose_name = _("template of an analysis")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(condition=Q(method__in=Method.values), name="analysis_template_of_a_known_method"),
        ]

    @property
    def outline(self) -> str:
        return in_reading_language(self.outline_zh, self.outline_en)
