"""Files of an article: shown in its text or offered below it."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.querysets import VisibleQuerySet
from core.stored import StoredFile, unguessable
from knowledge.models.article import Article
from knowledge.models.version import ArticleVersion


class ArticleFileQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """Those of the versions one sees: for readers what is published, never what is being written."""
        carried = ArticleVersion.files.through._base_manager
        seen = ArticleVersion.objects.visible_to(user).order_by().values("pk")
        return Q(pk__in=carried.filter(articleversion__in=seen).values("articlefile"))


def random_path(file, filename):
    return unguessable("articles")


class ArticleFile(StoredFile):
    """A stored file, carried by versions of one article; it never changes.

    Its `name` is unique in each version (`services/files.py`): the text shows a picture as `![words](name)`.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="files")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to=random_path, storage=default_storage, max_length=200)

    objects = ArticleFileQuerySet.as_manager()

    class Meta(StoredFile.Meta):
        verbose_name = _("file of an article")
