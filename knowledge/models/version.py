"""What an article says in one language at one time."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from knowledge.vocabulary import Language
from knowledge.workflow import ARTICLE, CURRENT, UNDER_WORK


class ArticleVersionQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Versions of the articles one sees; readers see what is current, the desk also what was and what comes."""
        seen = Q(article__in=self.model.article.field.related_model.objects.visible_to(user))
        return seen if user.is_staff_member else seen & Q(state__in=CURRENT)

    def current(self):
        return self.filter(state__in=CURRENT)

    def under_work(self):
        return self.filter(state__in=UNDER_WORK)


class ArticleVersion(models.Model):
    """Version `number` of an article in one language. `revision` counts every change, so that two editors meet.

    `writers` are all whose words are in it, its author first; none of them may be its reviewer. A translation names
    the version of the source it was made from: it is behind when that one is current no more. Its `files` are part of
    what was reviewed: the next version takes them along, and may leave some behind.
    """

    article = models.ForeignKey("knowledge.Article", on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(_("language"), max_length=10, choices=Language.choices)
    number = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=20, choices=ARTICLE.choices(), default=ARTICLE.initial.key)
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One sentence: whom does it help with what?")
    )
    body = models.TextField(_("text"))
    translated_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="translations"
    )
    files = models.ManyToManyField("knowledge.ArticleFile", related_name="versions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="written_articles")
    writers = ArrayField(models.BigIntegerField(), default=list)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="reviewed_articles"
    )
    review_by = models.DateField(_("look at it again by"), null=True, blank=True)
    publish_at = models.DateTimeField(_("publish on"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    search_vector = SearchVectorField(null=True, editable=False)

    objects = ArticleVersionQuerySet.as_manager()

    workflow = ARTICLE

    class Meta:
        ordering = ["article", "language", "-number"]
        verbose_name = _("version of an article")
        constraints = [
            models.UniqueConstraint(fields=["article", "language", "number"], name="article_version_once"),
            models.UniqueConstraint(
                fields=["article", "language"], condition=Q(state__in=CURRENT), name="one_current_version_per_language"
            ),
            models.UniqueConstraint(
                fields=["article", "language"], condition=Q(state__in=UNDER_WORK), name="one_draft_per_language"
            ),
            models.CheckConstraint(
                condition=RawSQL(
                    "reviewer_id IS NULL OR NOT (reviewer_id = author_id OR reviewer_id = ANY (writers))", (),
                    output_field=models.BooleanField(),
                ),
                name="reviewer_is_no_writer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("scheduled", *CURRENT)) | Q(reviewer__isnull=False, review_by__isnull=False),
                name="published_versions_were_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(state="scheduled", publish_at__isnull=False) | ~Q(state="scheduled") & Q(publish_at=None),
                name="scheduled_versions_have_their_time",
            ),
        ]  # fmt: skip
        indexes = [
            GinIndex(fields=["search_vector"], name="article_search"),
            models.Index(fields=["publish_at"], name="article_to_publish", condition=Q(state="scheduled")),
            models.Index(fields=["review_by"], name="article_to_confirm", condition=Q(state__in=CURRENT)),
        ]

    def __str__(self):
        return self.title

    @property
    def state_info(self):
        """The row of the workflow table this version stands in."""
        return self.workflow.state(self.state)

    @property
    def is_current(self) -> bool:
        return self.state in CURRENT

    @property
    def is_editable(self) -> bool:
        return self.state == ARTICLE.initial.key

    @property
    def escalated_to_id(self) -> int | None:
        """Whom its open confirmation was escalated to, if it was."""
        return self.confirmations.filter(closed_at=None).values_list("escalated_to", flat=True).first()

    @property
    def is_behind(self) -> bool:
        """A translation whose source has a newer version, or none any more."""
        return self.translated_from_id is not None and not self.translated_from.is_current
