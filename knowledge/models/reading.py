"""What readers leave behind: whether it helped, how often it is read, how a search for help ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from knowledge.models.article import Article
from knowledge.models.version import ArticleVersion


class Feedback(models.Model):
    """One person's word on one version; a second one replaces the first."""

    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="feedback")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="article_feedback")
    is_helpful = models.BooleanField(_("helpful"))
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("feedback on an article")
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="one_feedback_per_person_and_version")]

    def __str__(self):
        return f"{self.version_id}: {self.is_helpful}"


class DailyViews(models.Model):
    """What became of an article on a day (UTC): how often it was opened by anybody (`count`), and by requesters who
    looked for help: how often it was `shown` to them, opened from there (`chosen`), and ended their search (`solved`).

    Nobody is told who it was.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="daily_views")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)
    chosen = models.PositiveIntegerField(default=0)
    solved = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="one_count_per_article_and_day")]

    def __str__(self):
        return f"{self.article_id} {self.day}: {self.count}"


class HelpSessionQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """What people of an organisation looked for: for the desk that serves it."""
        return Q(organisation__in=user.served_organisation_ids) if user.is_staff_member else Q(pk__in=())


class HelpSession(models.Model):
    """One search for help, from the words typed to how it ended. Whose it was is not kept.

    `outcome` is empty when the person left without a word: neither solved nor submitted. `found_nothing` is a search
    that no article answered.
    """

    class Outcome(models.TextChoices):
        LEFT = "", _("Left without a word")
        SOLVED = "solved", _("Solved by an article")
        SUBMITTED = "submitted", _("Ticket submitted")

    organisation = models.ForeignKey("accounts.Organisation", null=True, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(_("words"), max_length=200, blank=True)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="help_sessions")
    found_nothing = models.BooleanField(_("found nothing"), default=False)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices, blank=True, default="")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = HelpSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("search for help")
        indexes = [
            models.Index(fields=["started_at"], name="help_by_start"),
            models.Index(fields=["-started_at"], name="help_in_vain", condition=Q(found_nothing=True)),
        ]

    def __str__(self):
        return f"{self.words}: {self.outcome}"
