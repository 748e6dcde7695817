"""Files of an item as the API shows and takes them."""

from django.urls import reverse
from rest_framework import serializers

from accounts.serializers import PersonRef
from core.api.serializing import Instant, StrictSerializer


class FileSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True)
    size = serializers.IntegerField(read_only=True, help_text="Bytes.")
    content_type = serializers.CharField(read_only=True, help_text="From the file's first bytes.")
    sha256 = serializers.CharField(read_only=True)
    is_image = serializers.BooleanField(read_only=True)
    uploaded_by = PersonRef(read_only=True, allow_null=True)
    created_at = Instant(read_only=True)
    url = serializers.SerializerMethodField(help_text="Where its content is, for the same reader.")

    def get_url(self, file) -> str:
        return reverse("api:item-content", args=[file.item_id, file.pk])


class FilesSerializer(StrictSerializer):
    """`multipart/form-data` with one or several parts named `files`."""

    files = serializers.ListField(child=serializers.FileField(), min_length=1, max_length=10)
