"""What keeps the records right, as the API reads and writes it: duplicates, and confirmations by owners."""

from rest_framework import serializers

from accounts.models import User
from accounts.serializers import Named
from cmdb.models import ConfigurationItem
from cmdb.serializers.items import ItemRef, ItemSerializer
from core.api.serializing import Instant, StrictSerializer, VisibleChoice


class DuplicateSerializer(serializers.Serializer):
    """Two items that may be one thing."""

    id = serializers.IntegerField(source="pk", read_only=True)
    first = ItemRef(read_only=True)
    second = ItemRef(read_only=True)
    signs = serializers.ListField(
        child=serializers.CharField(), read_only=True,
        help_text="What they share: `name`, `address` (with the name), or `value_` and the key of a unique attribute.",
    )  # fmt: skip
    found_at = Instant(read_only=True)


class ApartSerializer(StrictSerializer):
    why = serializers.CharField(max_length=500, help_text="How you know that they are two.")


class MergeSerializer(StrictSerializer):
    gone = VisibleChoice(
        lambda user: ConfigurationItem.objects.visible_to(user), help_text="Id of the record that ends."
    )
    gone_version = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, help_text="The version of it you read; 412 if it moved on."
    )
    taken = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, max_length=200,
        help_text="What it is right about, of what they differ in: `owner`, `value_serial_number`. Left out: whatever "
        "the other record leaves open.",
    )  # fmt: skip
    why = serializers.CharField(max_length=500, required=False, allow_blank=True)


class CampaignRef(Named):
    due_on = serializers.DateField(read_only=True)


class RecordSerializer(serializers.Serializer):
    """One record that waits for the word of its owner."""

    id = serializers.IntegerField(source="pk", read_only=True)
    campaign = CampaignRef(read_only=True)
    item = ItemSerializer(read_only=True)


class ObjectionSerializer(StrictSerializer):
    why = serializers.CharField(max_length=500, help_text="What is wrong.")


class HandOverSerializer(StrictSerializer):
    to = VisibleChoice(lambda user: User.objects.visible_to(user).active(), help_text="Id of whose it is.")
    why = serializers.CharField(max_length=500, required=False, allow_blank=True)


class AnsweredSerializer(serializers.Serializer):
    """`done` is false when it was answered meanwhile: nothing was written then."""

    done = serializers.BooleanField(read_only=True)
