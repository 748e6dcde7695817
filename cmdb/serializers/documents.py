"""Files of an item as the API shows and takes them."""

from django.urls import reverse
from rest_framework import serializers

from accounts.serializers import PersonRef
from core.api.serializing import StoredFileSerializer, StrictSerializer


class FileSerializer(StoredFileSerializer):
    uploaded_by = PersonRef(read_only=True, allow_null=True)
    url = serializers.SerializerMethodField(help_text="Where its content is, for the same reader.")

    def get_url(self, file) -> str:
        return reverse("api:item-content", args=[file.item_id, file.pk])


class FilesSerializer(StrictSerializer):
    """`multipart/form-data` with one or several parts named `files`."""

    files = serializers.ListField(child=serializers.FileField(), min_length=1, max_length=10)
