"""The time spent on a ticket."""

from rest_framework import serializers

from accounts.serializers import PersonRef
from core.api.serializing import Instant, StrictSerializer
from tickets.models.work import MOST_MINUTES


class TimeEntrySerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    person = PersonRef(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    note = serializers.CharField(read_only=True)
    created_at = Instant(read_only=True)


class NewTimeEntrySerializer(StrictSerializer):
    minutes = serializers.IntegerField(min_value=1, max_value=MOST_MINUTES)
    note = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
