"""Incidents as the API shows them, and how one is reported."""

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.serializers import PEOPLE, PersonRef, TeamRef
from cmdb.serializers import ServiceRef, items_for, services_for
from core.api.serializing import Instant, StrictSerializer, VisibleChoice
from incidents.vocabulary import CADENCES, MAX_TEXT, Audience, Extent, MajorState
from sla.serializers import WithClocks
from tickets.forms import teams_for, workers_of
from tickets.models import Channel, Level, ResolutionCode
from tickets.serializers import TicketSerializer
from tickets.serializers.ticket import MAX_DESCRIPTION, categories_for


class IncidentSerializer(WithClocks, TicketSerializer):
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


class MajorSerializer(serializers.Serializer):
    """A major incident; `number` is that of the incident it stands beside."""

    number = serializers.CharField(source="incident.number", read_only=True)
    title = serializers.CharField(source="incident.title", read_only=True)
    state = serializers.ChoiceField(MajorState.choices, read_only=True)
    state_label = serializers.CharField(source="state_info.label", read_only=True)
    version = serializers.IntegerField(source="incident.version", read_only=True, help_text="That of the incident.")
    reason = serializers.CharField(read_only=True)
    services = ServiceRef(many=True, read_only=True)
    commander = PersonRef(read_only=True, allow_null=True)
    bridge = serializers.CharField(read_only=True)
    extent = serializers.ChoiceField(Extent.choices, read_only=True)
    cadence = serializers.IntegerField(read_only=True, help_text="Minutes between two updates.")
    next_update_due = Instant(read_only=True, allow_null=True)
    proposed_at = Instant(read_only=True)
    declared_at = Instant(read_only=True, allow_null=True)
    stood_down_at = Instant(read_only=True, allow_null=True)
    reviewed_at = Instant(read_only=True, allow_null=True)
    what_happened = serializers.CharField(read_only=True)
    impact = serializers.CharField(read_only=True)
    went_well = serializers.CharField(read_only=True)
    to_change = serializers.CharField(read_only=True)


class ArrangeSerializer(StrictSerializer):
    commander = VisibleChoice(PEOPLE, required=False, help_text="Id of somebody of a team that serves it.")
    bridge = serializers.CharField(
        max_length=300, allow_blank=True, required=False, help_text="Link or number where those who repair it meet."
    )
    cadence = serializers.ChoiceField(CADENCES, required=False, help_text="Minutes between two updates.")
    extent = serializers.ChoiceField(Extent.choices, required=False)
    services = VisibleChoice(services_for, many=True, required=False, help_text="Ids of all affected services.")
    version = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        help_text="The version you read; 409 if it moved on.",
    )

    def validate_commander(self, person):
        """The same people as on the command page."""
        user, incident = self.context["request"].user, self.context["major"].incident
        if not workers_of(teams_for([incident.organisation_id], user), user).filter(pk=person.pk).exists():
            raise serializers.ValidationError(_("Choose somebody of a team that serves this organisation."))
        return person


class MajorUpdateSerializer(serializers.Serializer):
    """News that went out: in the languages it was written in."""

    id = serializers.IntegerField(source="pk", read_only=True)
    audience = serializers.ChoiceField(Audience.choices, read_only=True)
    text_zh = serializers.CharField(read_only=True)
    text_en = serializers.CharField(read_only=True)
    author = PersonRef(read_only=True)
    created_at = Instant(read_only=True)


class NewMajorUpdateSerializer(StrictSerializer):
    audience = serializers.ChoiceField(Audience.choices, default=Audience.PUBLIC)
    text_zh = serializers.CharField(max_length=MAX_TEXT, allow_blank=True, default="", help_text="Markdown.")
    text_en = serializers.CharField(max_length=MAX_TEXT, allow_blank=True, default="", help_text="Markdown.")


class MajorNoteSerializer(serializers.Serializer):
    """A line of the timeline, written by hand. Its id is that of its event."""

    id = serializers.IntegerField(source="pk", read_only=True)
    text = serializers.CharField(source="data.text", read_only=True)
    author = PersonRef(source="actor", read_only=True, allow_null=True)
    created_at = Instant(source="at", read_only=True)


class NewMajorNoteSerializer(StrictSerializer):
    text = serializers.CharField(max_length=MAX_TEXT)
