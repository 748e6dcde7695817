"""Words, files and history of a ticket."""

from django.urls import reverse
from rest_framework import serializers

from accounts.serializers import PersonRef
from core.api.serializing import Instant, StoredFileSerializer, StrictSerializer
from tickets import sentences
from tickets.models import Channel

MAX_BODY = 50_000


class AttachmentSerializer(StoredFileSerializer):
    is_internal = serializers.BooleanField(read_only=True)
    comment = serializers.IntegerField(source="comment_id", read_only=True, allow_null=True)
    uploaded_by = PersonRef(read_only=True, allow_null=True)
    url = serializers.SerializerMethodField(help_text="Where its content is, for the same reader.")

    def get_url(self, attachment) -> str:
        number = self.context["view"].kwargs["number"]
        return reverse("api:ticket-attachment-content", args=[number, attachment.pk])


class CommentSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    author = PersonRef(read_only=True, allow_null=True)
    body = serializers.CharField(read_only=True, help_text="Markdown.")
    is_internal = serializers.BooleanField(read_only=True)
    channel = serializers.ChoiceField(Channel.choices, read_only=True)
    created_at = Instant(read_only=True)
    attachments = AttachmentSerializer(many=True, read_only=True)


class KnownArticles(serializers.ListField):
    """Confirms what a problem `unreadable_articles` named."""

    def __init__(self, **options):
        words = "Ids of articles that you refer to although some readers cannot open them."
        child = serializers.IntegerField(min_value=1)
        super().__init__(**{"child": child, "required": False, "max_length": 100, "help_text": words} | options)


class NewCommentSerializer(StrictSerializer):
    """A public reply, or with `is_internal` a note for the desk."""

    body = serializers.CharField(max_length=MAX_BODY, help_text="Markdown. @login tells a colleague.")
    is_internal = serializers.BooleanField(default=False)
    version = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, help_text="The version you read; 409 if it moved on."
    )
    known_articles = KnownArticles()


class UploadSerializer(StrictSerializer):
    """`multipart/form-data` with one or several parts named `files`, and words to go with them."""

    files = serializers.ListField(child=serializers.FileField(), min_length=1, max_length=20)
    body = serializers.CharField(max_length=MAX_BODY, required=False, allow_blank=True, default="")
    is_internal = serializers.BooleanField(default=False)
    known_articles = KnownArticles()


class ChangeSerializer(serializers.Serializer):
    label = serializers.CharField(read_only=True)
    before = serializers.CharField(read_only=True)
    after = serializers.CharField(read_only=True)


class EventSerializer(serializers.Serializer):
    """One fact of the ledger. `context["names"]` resolves ids; `context["is_internal"]` adds the desk's half."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True, help_text="E.g. incident.resolved.")
    at = Instant(read_only=True)
    actor = PersonRef(read_only=True, allow_null=True, help_text="Null is the system itself.")
    is_public = serializers.BooleanField(read_only=True)
    text = serializers.SerializerMethodField(help_text="What the actor did, in the reader's language.")
    states = serializers.SerializerMethodField(help_text="State before and after, when it moved.")
    reason = serializers.SerializerMethodField()
    comment = serializers.SerializerMethodField(help_text="Id of what was said.")
    changes = ChangeSerializer(
        many=True, read_only=True, source="*", required=False, help_text="Properties; shown to the desk."
    )

    def get_text(self, event) -> str:
        if event.name == "ticket.commented":
            return ""
        return sentences.sentence(event, self.context["names"])

    def get_states(self, event) -> list[str]:
        return event.data.get("states") or []

    def get_reason(self, event) -> str:
        return (event.data.get("values") or {}).get("reason") or event.data.get("reason") or ""

    def get_comment(self, event) -> int | None:
        return event.data.get("comment")

    def to_representation(self, instance):
        shown = {
            name: field.to_representation(value) if (value := field.get_attribute(instance)) is not None else None
            for name, field in self.fields.items()
            if name != "changes"
        }
        if self.context["is_internal"]:
            found = sentences.differences(instance, self.context["names"])
            shown["changes"] = [dict(zip(("label", "before", "after"), change, strict=True)) for change in found]
        return shown
