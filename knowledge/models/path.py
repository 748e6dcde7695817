"""Reading paths: what somebody new has to read and know, in order, with questions."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import Role
from core.bilingual import BilingualName, in_reading_language
from core.querysets import VisibleQuerySet
from knowledge.models.article import Article


class ReadingPathQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """People of the desk see every path; others the ones they were given."""
        if user.is_staff_member:
            return Q()
        given = self.model.enrolments.rel.related_model._base_manager.filter(user=user.pk)
        return Q(pk__in=given.values("path"))


class ReadingPath(BilingualName):
    """What is read, in which order, by whom. `version` counts every change of its steps and questions.

    Whoever joins `team` or is given `role` is given the path by the system, as long as it is in use.
    """

    purpose_zh = models.TextField(_("what it is for, in Chinese"), max_length=1000, blank=True)
    purpose_en = models.TextField(_("what it is for, in English"), max_length=1000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_paths",
        verbose_name=_("owner"),
    )  # fmt: skip
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("given to who joins the team"),
    )  # fmt: skip
    role = models.CharField(_("given to who gets the role"), max_length=20, choices=Role.choices, blank=True)
    days = models.PositiveSmallIntegerField(
        _("days to finish it"), default=14, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in percent"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    tries = models.PositiveSmallIntegerField(
        _("tries per quiz"), default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    valid_months = models.PositiveSmallIntegerField(
        _("certificate valid for months"), null=True, blank=True, help_text=_("Empty: for ever."),
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )  # fmt: skip
    skill = models.ForeignKey(
        "accounts.Skill", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("skill it gives, at the first level"),
    )  # fmt: skip
    is_active = models.BooleanField(_("in use"), default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = ReadingPathQuerySet.as_manager()

    ledger_kind = "path"

    class Meta(BilingualName.Meta):
        abstract = False
        ordering = ["-is_active", "id"]
        verbose_name = _("reading path")

    @property
    def purpose(self) -> str:
        return in_reading_language(self.purpose_zh, self.purpose_en)


class OnPathQuerySet(VisibleQuerySet):
    """Rows that belong to a path: whoever sees the path sees them."""

    visibility_joins = False

    def visibility(self, user) -> Q:
        return Q(path__in=ReadingPath.objects.visible_to(user))


class PathStep(models.Model):
    """One thing to read: an article (its title and language follow the reader), a text of the path's own, or a link.

    A step that was taken out stays as a row, so that nobody's progress is lost.
    """

    path = models.ForeignKey(ReadingPath, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField(editable=False)
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.PROTECT, related_name="path_steps", verbose_name=_("article")
    )
    title_zh = models.CharField(_("title in Chinese"), max_length=160, blank=True)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    text_zh = models.TextField(_("text in Chinese"), max_length=20_000, blank=True)
    text_en = models.TextField(_("text in English"), max_length=20_000, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"), default=10, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    is_active = models.BooleanField(default=True)

    objects = OnPathQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("step of a path")
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False) | ~Q(title_zh="", title_en=""), name="path_step_has_a_title"
            ),
        ]

    def __str__(self):
        return in_reading_language(self.title_zh, self.title_en) or str(self.article or "")

    @property
    def text(self) -> str:
        return in_reading_language(self.text_zh, self.text_en)


class Question(models.Model):
    """One question after a step, or at the end of the path (`step` None).

    `options` are [{"zh", "en", "is_right"}]; more than one right one means that all of them must be chosen. Which are
    right is told to nobody before they answered.
    """

    path = models.ForeignKey(ReadingPath, on_delete=models.CASCADE, related_name="questions")
    step = models.ForeignKey(
        PathStep, null=True, blank=True, on_delete=models.CASCADE, related_name="questions",
        verbose_name=_("asked after"),
    )  # fmt: skip
    text_zh = models.CharField(_("question in Chinese"), max_length=500, blank=True)
    text_en = models.CharField(_("question in English"), max_length=500, blank=True)
    options = models.JSONField()
    explanation_zh = models.TextField(_("explanation in Chinese"), max_length=1000, blank=True)
    explanation_en = models.TextField(_("explanation in English"), max_length=1000, blank=True)

    objects = OnPathQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("question")
        constraints = [models.CheckConstraint(condition=~Q(text_zh="", text_en=""), name="question_says_something")]

    def __str__(self):
        return in_reading_language(self.text_zh, self.text_en)

    @property
    def explanation(self) -> str:
        return in_reading_language(self.explanation_zh, self.explanation_en)

    @property
    def choices(self) -> list[str]:
        """The options in the reader's language, in their order."""
        return [in_reading_language(option["zh"], option["en"]) for option in self.options]

    @property
    def right(self) -> set[int]:
        return {place for place, option in enumerate(self.options) if option["is_right"]}

    @property
    def is_multiple(self) -> bool:
        return len(self.right) > 1
