"""What may be done with a ticket now, straight from its workflow table."""

from rest_framework import serializers

from core.api.serializing import StrictSerializer
from tickets.serializers.conversation import KnownArticles


class ChoiceSerializer(serializers.Serializer):
    value = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)


class FieldSerializer(serializers.Serializer):
    """An input. `kind` team, person and service take an id, ticket a number, datetime ISO 8601."""

    name = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(
        ["text", "choice", "team", "person", "datetime", "ticket", "service"], read_only=True
    )
    required = serializers.BooleanField(read_only=True)
    choices = serializers.SerializerMethodField(help_text="For kind choice.")
    max_length = serializers.IntegerField(read_only=True)
    help = serializers.CharField(read_only=True)

    def get_choices(self, field) -> list[dict[str, str]]:
        return [{"value": str(value), "label": str(label)} for value, label in field.choices]


class TransitionSerializer(serializers.Serializer):
    name = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)
    target = serializers.CharField(source="target.key", read_only=True, help_text="The state it leads to.")
    fields = FieldSerializer(many=True, read_only=True)


class TransitionRequestSerializer(StrictSerializer):
    """`name`, `version`, `known_articles` and, beside them, exactly the fields that this transition takes."""

    name = serializers.CharField(max_length=60)
    version = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, help_text="The version you read; 409 if it moved on."
    )
    known_articles = KnownArticles()
