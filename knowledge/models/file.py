"""Files of an article: shown in its text or offered below it."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from core.stored import StoredFile, unguessable
from knowledge.models.article import Article


class ArticleFileQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        return Q(article__in=Article.objects.visible_to(user))


def random_path(file, filename):
    return unguessable("articles")


class ArticleFile(StoredFile):
    """A stored file. Its `name` is unique in its article: the text shows a picture as `![words](name)`."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="files")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to=random_path, storage=default_storage, max_length=200)

    objects = ArticleFileQuerySet.as_manager()

    class Meta(StoredFile.Meta):
        verbose_name = _("file of an article")
        constraints = [models.UniqueConstraint(fields=["article", "name"], name="one_file_per_article_and_name")]
