"""What articles are measured by: the templates they begin with, and what a reviewer checks. Rows, kept by managers."""

import re

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.bilingual import BilingualName
from knowledge.vocabulary import Kind

# What a template may take over from a ticket or a problem, as `{symptom}` in its text.
PLACES = ("symptom", "cause", "solution")
_PLACE = re.compile(r"\{(" + "|".join(PLACES) + r")\}")


class ArticleTemplate(BilingualName):
    """What an article of a kind begins with: headings in each language, a first audience, how long it holds.

    The first one offered of a kind is what the system itself begins with (*write it down*).
    """

    class Readers(models.TextChoices):
        """Whom a new article is meant for before anybody chose: the values of `Audience.Kind` that name nobody."""

        NOBODY = "", _("Nobody, until its writer says who")
        STAFF = "staff", _("People of the desk only")
        EVERYBODY = "everybody", _("Everybody")

    kind = models.CharField(pgettext_lazy("article", "kind"), max_length=12, choices=Kind.choices, default=Kind.HOWTO)
    body_zh = models.TextField(_("Text in Chinese"), blank=True, max_length=20_000)
    body_en = models.TextField(_("Text in English"), blank=True, max_length=20_000)
    audience = models.CharField(
        _("Who may read it at first"), max_length=12, blank=True, choices=Readers.choices, default=Readers.NOBODY
    )
    review_months = models.PositiveSmallIntegerField(
        _("Months until it is looked at again"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Proposed to the reviewer, and to whoever confirms the article."),
    )
    is_active = models.BooleanField(_("offered"), default=True)

    ledger_kind = "article_template"

    class Meta(BilingualName.Meta):
        ordering = ["pk"]
        verbose_name = _("template of an article")
        constraints = [
            *BilingualName.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="article_template_of_a_known_kind"),
            models.CheckConstraint(condition=Q(review_months__range=(1, 60)), name="article_template_review_months"),
        ]

    def body(self, language, told=None) -> str:
        """The text in a language (the other one where it is empty), with what is `told` ({place: text}) in its places.

        What the template has no place for stands at its end: nothing that somebody wrote is left out.
        """
        told = {name: text.strip() for name, text in (told or {}).items() if text and text.strip()}
        text = (self.body_zh or self.body_en) if language.startswith("zh") else (self.body_en or self.body_zh)
        taken = set(_PLACE.findall(text))
        filled = _PLACE.sub(lambda place: told.get(place[1], ""), text)
        return "\n\n".join([filled.rstrip(), *(words for name, words in told.items() if name not in taken)]) + "\n"


class QualityQuestion(BilingualName):
    """Something a reviewer answers before a version is published; its name is the question.

    A mandatory one that is answered with no, or not at all, keeps the version from being published.
    """

    kind = models.CharField(
        _("Only for"), max_length=12, blank=True, choices=Kind.choices, default="",
        help_text=_("Empty: for articles of every kind."),
    )  # fmt: skip
    is_mandatory = models.BooleanField(pgettext_lazy("checklist", "mandatory"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    is_active = models.BooleanField(pgettext_lazy("checklist", "asked"), default=True)

    ledger_kind = "quality_question"

    class Meta(BilingualName.Meta):
        ordering = ["position", "pk"]
        verbose_name = _("question of the checklist")


class QualityAnswer(BilingualName):
    """What a reviewer answered about a version. The question's words stay with it, whatever becomes of the question."""

    class Answer(models.TextChoices):
        YES = "yes", pgettext_lazy("checklist", "Yes")
        NO = "no", pgettext_lazy("checklist", "No")
        NOT_APPLICABLE = "na", _("Not applicable")

    version = models.ForeignKey("knowledge.ArticleVersion", on_delete=models.CASCADE, related_name="quality")
    question = models.ForeignKey(QualityQuestion, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=3, choices=Answer.choices)
    remark = models.CharField(_("Remark"), max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta(BilingualName.Meta):
        ordering = ["question__position", "question"]
        verbose_name = _("answer of the checklist")
        constraints = [
            *BilingualName.Meta.constraints,
            models.UniqueConstraint(fields=["version", "question"], name="one_answer_per_version_and_question"),
            models.CheckConstraint(
                condition=Q(answer__in=("yes", "na")) | ~Q(remark=""), name="a_no_of_the_checklist_says_why"
            ),
        ]
