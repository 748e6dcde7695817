"""Items and requests as the API shows them, and how something is asked for."""

from rest_framework import serializers

from accounts.serializers import PEOPLE, Named, PersonRef, TeamRef
from catalog.models import RequestItem
from catalog.vocabulary import Currency
from cmdb.serializers import ServiceRef
from core.api.serializing import Instant, StrictSerializer, VisibleChoice
from sla.serializers import WithClocks
from tickets.serializers import TicketSerializer


class PromiseSerializer(serializers.Serializer):
    seconds = serializers.IntegerField(read_only=True, help_text="Business seconds from approval on.")
    words = serializers.CharField(read_only=True)
    agreement = serializers.CharField(read_only=True)


class RequestItemSerializer(Named):
    slug = serializers.CharField(read_only=True)
    category = Named(read_only=True)
    service = ServiceRef(read_only=True)
    description = serializers.CharField(read_only=True)
    in_scope = serializers.CharField(read_only=True)
    out_of_scope = serializers.CharField(read_only=True)
    owner = PersonRef(read_only=True)
    team = TeamRef(read_only=True)
    price = serializers.DecimalField(12, 2, read_only=True, allow_null=True)
    currency = serializers.ChoiceField(Currency.choices, read_only=True)
    is_cost_centre_required = serializers.BooleanField(read_only=True)
    form_version = serializers.IntegerField(source="current_form.number", read_only=True)
    form = serializers.JSONField(
        source="current_form.definition", read_only=True, help_text="Fields to answer, as published."
    )
    promise = serializers.SerializerMethodField(help_text="How long it takes by the agreement for requests.")

    def get_promise(self, item) -> PromiseSerializer(allow_null=True):
        found = self.context["promises"].get(item.pk)
        return PromiseSerializer(found).data if found else None


class AnswerSerializer(serializers.Serializer):
    number = serializers.IntegerField(read_only=True)
    form_version = serializers.IntegerField(source="form.number", read_only=True)
    values = serializers.JSONField(read_only=True, help_text="By field of that version of the form.")
    sent_by = PersonRef(read_only=True, allow_null=True)
    sent_at = Instant(read_only=True)


class ServiceRequestSerializer(WithClocks, TicketSerializer):
    item = Named(read_only=True)
    price = serializers.DecimalField(12, 2, read_only=True, allow_null=True, help_text="On the day it was sent.")
    currency = serializers.ChoiceField(Currency.choices, read_only=True)
    cost_centre = serializers.CharField(read_only=True)
    resolution_notes = serializers.CharField(read_only=True, help_text="What was delivered.")
    answers = AnswerSerializer(many=True, read_only=True, help_text="All versions, the oldest first.")


def items_for(user):
    """Items a person may ask for."""
    return RequestItem.objects.visible_to(user).published()


class AskSerializer(StrictSerializer):
    """What a request says; `answers` are judged by the form, and its problems are told by field."""

    item = VisibleChoice(items_for, help_text="Id of the item.")
    answers = serializers.JSONField(help_text="An object: the answer by the key of each field.")
    form_version = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, help_text="The version you read; the one in force otherwise."
    )
    requester = VisibleChoice(PEOPLE, required=False, help_text="Id of whom it is for; oneself when left out.")
    cost_centre = serializers.CharField(max_length=40, allow_blank=True, required=False)


class AskAgainSerializer(StrictSerializer):
    answers = serializers.JSONField(help_text="An object: the answer by the key of each field.")
    cost_centre = serializers.CharField(max_length=40, allow_blank=True, required=False)
