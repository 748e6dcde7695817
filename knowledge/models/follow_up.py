"""What readers missed in an article, open until somebody answers what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.querysets import VisibleQuerySet
from knowledge.models.article import Article
from knowledge.models.version import ArticleVersion


class FollowUpQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Those on articles that people of the desk see; one's own for everybody."""
        own = Q(given_by=user.pk)
        versions = ArticleVersion.objects.filter(article__in=Article.objects.visible_to(user))
        return own | Q(version__in=versions) if user.is_staff_member else own

    def open(self):
        return self.filter(outcome="")


class FollowUp(models.Model):
    """One thing to look at: what one reader wrote about a version, or that several said "no" without a word.

    `given_by` is None for the latter, and `readers` says how many they are. `outcome` is empty while it is open.
    """

    class Outcome(models.TextChoices):
        OPEN = "", pgettext_lazy("follow-up", "Open")
        MENDED = "mended", _("Mended")
        NOTHING = "nothing", _("Nothing to mend")
        DUPLICATE = "duplicate", _("Said before")
        WITHDRAWN = "withdrawn", _("Taken back by the reader")

    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="follow_ups")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="article_follow_ups"
    )
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    readers = models.PositiveIntegerField(default=1)
    wants_answer = models.BooleanField(_("wants to know what becomes of it"), default=False)
    opened_at = models.DateTimeField()
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices, blank=True, default="")
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    mended_by = models.ForeignKey(ArticleVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="mends")
    duplicate_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("follow-up of feedback")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "given_by"], condition=Q(outcome=""), nulls_distinct=False,
                name="one_open_follow_up_per_reader_and_version",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None) | ~Q(outcome="") & Q(answered_at__isnull=False),
                name="answered_follow_ups_have_their_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome="mended", mended_by__isnull=False) | ~Q(outcome="mended") & Q(mended_by=None),
                name="mended_follow_ups_name_the_version",
            ),
            models.CheckConstraint(
                condition=Q(outcome="duplicate", duplicate_of__isnull=False)
                | ~Q(outcome="duplicate") & Q(duplicate_of=None),
                name="duplicate_follow_ups_name_the_first",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["opened_at"], name="follow_ups_open", condition=Q(outcome=""))]

    def __str__(self):
        return f"{self.version_id}: {self.outcome or 'open'}"

    @property
    def is_open(self) -> bool:
        return self.outcome == ""

    @property
    def answer(self) -> "FollowUp":
        """The one whose answer holds for this: its own, or that of the one it repeats."""
        return self.duplicate_of if self.duplicate_of_id else self
