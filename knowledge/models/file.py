"""Files of an article: shown in its text or offered below it."""

import secrets

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from knowledge.models.article import Article


class ArticleFileQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        return Q(article__in=Article.objects.visible_to(user))


def random_path(file, filename):
    """Where a file lies: nothing of its name or type, nothing guessable."""
    token = secrets.token_hex(20)
    return f"articles/{token[:2]}/{token}"


class ArticleFile(models.Model):
    """A stored file. Its `name` is unique in its article: the text shows a picture as `![words](name)`."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="files")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to=random_path, storage=default_storage, max_length=200)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    is_image = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = ArticleFileQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("file of an article")
        constraints = [models.UniqueConstraint(fields=["article", "name"], name="one_file_per_article_and_name")]

    def __str__(self):
        return self.name
