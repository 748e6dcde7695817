"""Articles as the API shows them: what one may read, in every language there is."""

from rest_framework import serializers

from accounts.serializers import Named, PersonRef
from core.api.serializing import Instant, StrictSerializer
from knowledge import rules
from knowledge.vocabulary import Kind, Language


class SlugRef(Named):
    slug = serializers.CharField(read_only=True)


class TextSerializer(serializers.Serializer):
    """The current version in one language, without its text."""

    language = serializers.ChoiceField(Language.choices, read_only=True)
    version = serializers.IntegerField(source="number", read_only=True)
    title = serializers.CharField(read_only=True)
    summary = serializers.CharField(read_only=True)
    published_at = Instant(read_only=True)
    review_by = serializers.DateField(read_only=True)
    is_behind = serializers.BooleanField(read_only=True, help_text="A translation whose original has changed since.")
    is_unconfirmed = serializers.SerializerMethodField(help_text="Long over its review-by date.")

    def get_is_unconfirmed(self, version) -> bool:
        return rules.is_unconfirmed(version)


class WholeTextSerializer(TextSerializer):
    body = serializers.CharField(read_only=True, help_text="Markdown.")


class ArticleSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    number = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(Kind.choices, read_only=True)
    owner = PersonRef(read_only=True, allow_null=True)
    service = SlugRef(read_only=True, allow_null=True)
    category = SlugRef(read_only=True, allow_null=True)
    texts = TextSerializer(source="current", many=True, read_only=True)


class WholeArticleSerializer(ArticleSerializer):
    texts = WholeTextSerializer(source="current", many=True, read_only=True)


class FeedbackSerializer(StrictSerializer):
    language = serializers.ChoiceField(Language.choices, help_text="Of the text that was read.")
    is_helpful = serializers.BooleanField()
    comment = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    wants_answer = serializers.BooleanField(default=False, help_text="To be told what became of the comment.")
