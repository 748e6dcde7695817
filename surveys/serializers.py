"""Surveys as the API shows them."""

from rest_framework import serializers

from accounts.serializers import PersonRef
from core.api.serializing import Instant, StrictSerializer
from surveys import rules

SCORES = [(score, rules.WORDS[score]) for score in rules.SCORES]


class SurveySerializer(serializers.Serializer):
    """A question and its answer. Its one-click link is in the mail and nowhere else."""

    id = serializers.IntegerField(source="pk", read_only=True)
    ticket = serializers.CharField(source="ticket.number", read_only=True)
    recipient = PersonRef(read_only=True)
    created_at = Instant(read_only=True)
    sent_at = Instant(read_only=True, allow_null=True)
    expires_at = Instant(read_only=True)
    score = serializers.ChoiceField(SCORES, read_only=True, allow_null=True, help_text="5 is best.")
    comment = serializers.CharField(read_only=True)
    answered_at = Instant(read_only=True, allow_null=True)


class AnswerSerializer(StrictSerializer):
    score = serializers.ChoiceField(SCORES, help_text="5 is best.")
    comment = serializers.CharField(max_length=rules.MAX_COMMENT, allow_blank=True, required=False)
