"""Incidents as the API shows them, and how one is reported."""

from rest_framework import serializers

from accounts.serializers import PEOPLE, TeamRef
from cmdb.serializers import items_for, services_for
from core.api.serializing import Instant, StrictSerializer, VisibleChoice
from tickets.models import Channel, Level, ResolutionCode
from tickets.serializers import TicketSerializer
from tickets.serializers.ticket import MAX_DESCRIPTION, categories_for


class ClockSerializer(serializers.Serializer):
    """One clock. Durations are business seconds; `remaining` is negative once late."""

    metric = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)
    state = serializers.ChoiceField(["running", "paused", "met", "breached", "cancelled"], read_only=True)
    due_at = Instant(read_only=True, allow_null=True)
    remaining = serializers.IntegerField(read_only=True, allow_null=True)
    target = serializers.IntegerField(read_only=True, allow_null=True)
    percent = serializers.IntegerField(read_only=True, allow_null=True)
    agreement = serializers.CharField(read_only=True)
    calendar = serializers.CharField(read_only=True)


class IncidentSerializer(TicketSerializer):
    of_the_desk = (
        *TicketSerializer.of_the_desk,
        "escalation_level",
        "hierarchical_level",
        "escalated_from",
        "first_team",
        "reassignment_count",
        "reopen_count",
    )

    resolution_code = serializers.ChoiceField([("", ""), *ResolutionCode.choices], read_only=True)
    resolution_notes = serializers.CharField(read_only=True)
    escalation_level = serializers.IntegerField(read_only=True, required=False, help_text="Shown to the desk.")
    hierarchical_level = serializers.IntegerField(read_only=True, required=False, help_text="Shown to the desk.")
    escalated_from = TeamRef(read_only=True, allow_null=True, required=False, help_text="Shown to the desk.")
    first_team = TeamRef(read_only=True, allow_null=True, required=False, help_text="Shown to the desk.")
    reassignment_count = serializers.IntegerField(read_only=True, required=False, help_text="Shown to the desk.")
    reopen_count = serializers.IntegerField(read_only=True, required=False, help_text="Shown to the desk.")
    clocks = serializers.SerializerMethodField(help_text="Targets of the agreement in force.")

    def get_clocks(self, incident) -> ClockSerializer(many=True):
        return ClockSerializer(self.context["chips"].get(incident.pk, []), many=True).data


class ReportSerializer(StrictSerializer):
    """What somebody who only raises tickets may say."""

    title = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=MAX_DESCRIPTION, allow_blank=True, required=False)
    requester = VisibleChoice(PEOPLE, required=False, help_text="Id of whom it concerns; oneself when left out.")
    impact = serializers.ChoiceField(Level.choices, required=False, help_text="1 is worst.")
    urgency = serializers.ChoiceField(Level.choices, required=False, help_text="1 is worst.")
    service = VisibleChoice(services_for, required=False, help_text="Id; this or `affected_items` is needed.")
    category = VisibleChoice(categories_for, required=False, help_text="Id of the category.")
    affected_items = VisibleChoice(items_for, many=True, required=False, help_text="Ids of items.")
    contact = serializers.CharField(max_length=120, allow_blank=True, required=False)
    place = serializers.CharField(max_length=120, allow_blank=True, required=False)


class DeskReportSerializer(ReportSerializer):
    """People of the desk also say how it came in."""

    channel = serializers.ChoiceField(Channel.choices, required=False, help_text="`api` when left out.")


class FollowUpSerializer(StrictSerializer):
    body = serializers.CharField(max_length=MAX_DESCRIPTION)
