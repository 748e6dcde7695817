"""A ticket as the API shows it, and the changes it takes."""

from rest_framework import serializers

from accounts.serializers import PEOPLE, Named, PersonRef, TeamRef
from cmdb.serializers import ServiceRef, items_for, services_for
from core.api.serializing import Instant, StrictSerializer, VisibleChoice
from tickets import rules
from tickets.models import Category, Channel, Level, PendingReason, Priority

MAX_DESCRIPTION = 50_000


def categories_for(user):
    """Categories are common knowledge; only those in use may be chosen."""
    return Category.objects.filter(is_active=True)


class TicketSerializer(serializers.Serializer):
    """A ticket of any kind. People who only raised it read the plain state and none of the desk's own fields."""

    of_the_desk = ("priority_reason", "parent", "affected_items", "source", "source_ref")

    number = serializers.CharField(read_only=True, help_text="Its name in every address, e.g. INC000042.")
    kind = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True, help_text="Counts every change; send it with yours.")
    title = serializers.CharField(read_only=True)
    description = serializers.CharField(read_only=True, help_text="Markdown.")
    state = serializers.CharField(read_only=True, help_text="Key of the workflow's state.")
    state_label = serializers.SerializerMethodField(help_text="The state in words, for the reader's role.")
    is_open = serializers.BooleanField(read_only=True)
    pending_reason = serializers.ChoiceField([("", ""), *PendingReason.choices], read_only=True)
    resume_at = Instant(read_only=True, allow_null=True)
    impact = serializers.ChoiceField(Level.choices, read_only=True, help_text="1 is worst.")
    urgency = serializers.ChoiceField(Level.choices, read_only=True, help_text="1 is worst.")
    priority = serializers.ChoiceField(Priority.choices, read_only=True, help_text="1 is most urgent.")
    priority_reason = serializers.CharField(read_only=True, required=False, help_text="Shown to the desk.")
    requester = PersonRef(read_only=True, allow_null=True)
    opened_by = PersonRef(read_only=True, allow_null=True)
    organisation = Named(read_only=True)
    contact = serializers.CharField(read_only=True)
    place = serializers.CharField(read_only=True)
    channel = serializers.ChoiceField(Channel.choices, read_only=True)
    service = ServiceRef(read_only=True, allow_null=True)
    category = Named(read_only=True, allow_null=True)
    team = TeamRef(read_only=True, allow_null=True)
    assignee = PersonRef(read_only=True, allow_null=True)
    parent = serializers.CharField(
        source="parent.number", read_only=True, allow_null=True, default=None, help_text="Shown to the desk."
    )
    affected_items = Named(many=True, read_only=True, required=False, help_text="Shown to the desk.")
    created_at = Instant(read_only=True)
    last_activity_at = Instant(read_only=True)
    responded_at = Instant(read_only=True, allow_null=True)
    resolved_at = Instant(read_only=True, allow_null=True)
    closed_at = Instant(read_only=True, allow_null=True)
    due_at = Instant(read_only=True, allow_null=True, help_text="The next deadline of its running clocks.")
    is_breached = serializers.BooleanField(read_only=True)
    source = serializers.CharField(read_only=True, required=False, help_text="Shown to the desk.")
    source_ref = serializers.CharField(read_only=True, required=False, help_text="Shown to the desk.")

    def get_state_label(self, ticket) -> str:
        state = ticket.state_info
        return str(state.label if self._reads_internal(ticket) else state.plain or state.label)

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        if not self._reads_internal(instance):
            for name in self.of_the_desk:
                shown.pop(name, None)
        return shown

    def _reads_internal(self, ticket):
        return rules.reads_internal(self.context["request"].user, ticket)


class TicketEditSerializer(StrictSerializer):
    """What may be changed in place. A new impact or urgency sets the priority from the matrix again."""

    version = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, help_text="The version you read; 409 if it moved on."
    )
    title = serializers.CharField(max_length=200, required=False)
    description = serializers.CharField(max_length=MAX_DESCRIPTION, allow_blank=True, required=False)
    impact = serializers.ChoiceField(Level.choices, required=False)
    urgency = serializers.ChoiceField(Level.choices, required=False)
    priority = serializers.ChoiceField(
        Priority.choices, required=False, help_text="Another one than the matrix gives needs `priority_reason`."
    )
    priority_reason = serializers.CharField(max_length=200, allow_blank=True, required=False)
    requester = VisibleChoice(PEOPLE, required=False)
    contact = serializers.CharField(max_length=120, allow_blank=True, required=False)
    place = serializers.CharField(max_length=120, allow_blank=True, required=False)
    service = VisibleChoice(services_for, allow_null=True, required=False)
    category = VisibleChoice(categories_for, allow_null=True, required=False)
    affected_items = VisibleChoice(items_for, many=True, required=False)
