"""Documents about an item: links to where they are, and files that are kept here."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cmdb.models.items import ConfigurationItem
from core.querysets import VisibleQuerySet
from core.stored import StoredFile, unguessable


class DocumentQuerySet(VisibleQuerySet):
    visibility_joins = False

    def visibility(self, user) -> Q:
        """People of the desk who see the item: contracts and drawings are not for all to whom a service is offered."""
        if not user.is_staff_member:
            return Q(pk__in=[])
        return Q(item__in=ConfigurationItem.objects.visible_to(user).values("pk"))


class ItemDocument(models.Model):
    """A link to a document about an item."""

    item = models.ForeignKey(ConfigurationItem, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=160)
    url = models.URLField(_("address"), max_length=500)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        verbose_name = _("document")

    def __str__(self):
        return self.title


def random_path(file, filename):
    return unguessable("items")


class ItemFile(StoredFile):
    """A stored file about an item."""

    item = models.ForeignKey(ConfigurationItem, on_delete=models.CASCADE, related_name="files")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to=random_path, storage=default_storage, max_length=200)

    objects = DocumentQuerySet.as_manager()

    class Meta(StoredFile.Meta):
        verbose_name = _("file of an item")
