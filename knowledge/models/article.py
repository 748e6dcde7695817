"""An article: what it is about, who answers for it, who may read it. What it says are its versions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from knowledge.models.version import ArticleVersion
from knowledge.vocabulary import Kind, Language
from knowledge.workflow import APPROVED, CURRENT


class ArticleQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Readers: what is published for them. People of the desk also what is being written for those they serve.

        What was never published is no other desk's, even when it is meant for everybody: a draft may hold what was told
        on a ticket, which they do not see either. Its owner always sees it.
        """
        rows, versions = Audience._base_manager, ArticleVersion._base_manager
        named = Q(kind=Audience.Kind.EVERYBODY) | Q(organisation=user.organisation_id, organisation__isnull=False)
        named |= Q(department=user.department_id, department__isnull=False)
        if user.is_staff_member:
            named |= Q(kind=Audience.Kind.STAFF)
            shown = versions.filter(published_at__isnull=False)
            return self._at_work(user) | (_among(rows.filter(named)) & _among(shown))
        return _among(rows.filter(named)) & _among(versions.filter(state__in=CURRENT))

    def _at_work(self, user) -> Q:
        """What somebody of the desk sees before it is published: their own, and what is written for those they serve.

        Who wrote it for an organisation and then named others as its readers wrote it for those.
        """
        served = user.served_organisation_ids
        rows, origins = Audience._base_manager, Article.origins.through._base_manager
        groups = rows.filter(Q(organisation__isnull=False) | Q(department__isnull=False))
        for_them = groups.filter(Q(organisation__in=served) | Q(department__organisation__in=served))
        near = _among(origins.filter(organisation__in=served))
        near |= _among(ArticleVersion._base_manager.filter(writers__contains=[user.pk]))
        return Q(owner=user.pk) | _among(for_them) | (near & ~_among(groups))


def _among(rows) -> Q:
    """Articles that these rows are about."""
    return Q(pk__in=rows.values("article"))


class Article(models.Model):
    """The same matter in every language. `source_language` is the one that its translations follow."""

    kind = models.CharField(pgettext_lazy("article", "kind"), max_length=12, choices=Kind.choices, default=Kind.HOWTO)
    source_language = models.CharField(
        _("first language"), max_length=10, choices=Language.choices, default=Language.CHINESE
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_articles",
        verbose_name=_("owner"),
    )  # fmt: skip
    # Named by string: services, items and categories are written beside and above; articles only point at them.
    service = models.ForeignKey(
        "cmdb.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="service_articles",
        verbose_name=_("service"),
    )  # fmt: skip
    item = models.ForeignKey(
        "cmdb.ConfigurationItem", null=True, blank=True, on_delete=models.PROTECT, related_name="articles",
        verbose_name=_("configuration item"),
    )  # fmt: skip
    category = models.ForeignKey(
        "tickets.Category", null=True, blank=True, on_delete=models.PROTECT, related_name="articles",
        verbose_name=_("category"),
    )  # fmt: skip
    # What it began with: says how long it holds. None for what is older than templates.
    template = models.ForeignKey(
        "knowledge.ArticleTemplate", null=True, blank=True, on_delete=models.SET_NULL, related_name="articles"
    )
    # Organisations that it was written for: their desk sees it before it is published.
    origins = models.ManyToManyField("accounts.Organisation", related_name="+")
    created_at = models.DateTimeField()
    # Counts the changes of what stands here and of the audience, so that two editors meet.
    revision = models.PositiveIntegerField(default=1)

    objects = ArticleQuerySet.as_manager()

    ledger_kind = "article"

    class Meta:
        ordering = ["-id"]
        verbose_name = _("article")

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        return f"KB{self.pk:05d}"

    @property
    def is_approved(self) -> bool:
        """Whether a version of it was approved, for the readers it had then: it is shown, or waits for its time."""
        return self.versions.filter(state__in=APPROVED).exists()

    def what_is_missing(self) -> str:
        """What an article owes before it may be published, in one sentence; empty when nothing."""
        if self.owner_id is None:
            return gettext("It has no owner yet: somebody has to answer for it.")
        if not (self.service_id or self.item_id or self.category_id):
            return gettext("Link it to a service, an item or a category first, so that people find it.")
        if not self.audience.exists():
            return gettext("Nobody may read it yet: choose its audience first.")
        return ""


class Audience(models.Model):
    """One group that may read an article. Without any row nobody may."""

    class Kind(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody")
        STAFF = "staff", _("People of the desk only")
        ORGANISATION = "organisation", _("A whole organisation")
        DEPARTMENT = "department", _("A department")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="audience")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "kind", "organisation", "department"], nulls_distinct=False, name="audience_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["everybody", "staff"], organisation=None, department=None)
                | Q(kind="organisation", organisation__isnull=False, department=None)
                | Q(kind="department", organisation=None, department__isnull=False),
                name="audience_names_what_its_kind_says",
            ),
        ]

    def __str__(self):
        return str(self.organisation or self.department or self.get_kind_display())
