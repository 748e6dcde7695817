"""Shapes that every app shares: input that accepts what it declares and nothing else, instants, stored files."""

from datetime import UTC

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

MAX_ID = 2**63 - 1


class Instant(serializers.DateTimeField):
    """ISO 8601 in UTC, whoever reads."""

    def __init__(self, **kwargs):
        super().__init__(default_timezone=UTC, **kwargs)


class StoredFileSerializer(serializers.Serializer):
    """What is known of a stored file (`core.stored`); whose it is and where its content is, each kind adds."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True)
    size = serializers.IntegerField(read_only=True, help_text="Bytes.")
    content_type = serializers.CharField(read_only=True, help_text="From the file's first bytes.")
    sha256 = serializers.CharField(read_only=True)
    is_image = serializers.BooleanField(read_only=True)
    created_at = Instant(read_only=True)


class StrictSerializer(serializers.Serializer):
    """An unknown (or read-only) key is an error that names it, never silently dropped."""

    def to_internal_value(self, data):
        if isinstance(data, dict):
            foreign = sorted(str(key) for key in data if key not in self._writable_names())
            if foreign:
                raise serializers.ValidationError(
                    {name[:80]: [_("This field is unknown or cannot be set.")] for name in foreign[:20]}
                )
        return super().to_internal_value(data)

    def _writable_names(self):
        return {field.field_name for field in self._writable_fields}


class VisibleChoice(serializers.Field):
    """The id of something the sender may see, answered with the object. Not visible reads like absent.

    `queryset(user)` gives what may be chosen; `many` takes a list of ids and reads them in one query.
    """

    default_error_messages = {
        "not_an_id": _("Give the id as a whole number."),
        "not_a_list": _("Give a list of at most 100 ids."),
        "not_found": _("There is nothing with this id: %(ids)s."),
    }

    def __init__(self, queryset, *, many=False, lookup="pk", **kwargs):
        self.visible, self.is_many, self.lookup = queryset, many, lookup
        super().__init__(**kwargs)

    def to_internal_value(self, data):
        if self.is_many and (not isinstance(data, list) or len(data) > 100):
            self.fail("not_a_list")
        keys = [self._key(item) for item in (data if self.is_many else [data])]
        found = self.visible(self.context["request"].user).in_bulk(keys) if self.lookup == "pk" else self._named(keys)
        missing = [str(key) for key in keys if key not in found]
        if missing:
            raise serializers.ValidationError(
                self.error_messages["not_found"] % {"ids": ", ".join(missing[:10])}, code="not_found"
            )
        return list(found.values()) if self.is_many else found[keys[0]]

    def to_representation(self, value):
        return [item.pk for item in value.all()] if self.is_many else value.pk

    def _named(self, keys):
        rows = self.visible(self.context["request"].user).filter(**{f"{self.lookup}__in": keys})
        return {getattr(row, self.lookup): row for row in rows}

    def _key(self, item):
        if self.lookup != "pk":
            if isinstance(item, str) and item.isascii() and item.isalnum() and len(item) <= 20:
                return item.upper()
            self.fail("not_an_id")
        if isinstance(item, str) and item.isascii() and item.isdigit() and len(item) <= 19:
            item = int(item)
        if isinstance(item, bool) or not isinstance(item, int) or not 0 < item <= MAX_ID:
            self.fail("not_an_id")
        return item
