"""Links, watchers and categories."""

from rest_framework import serializers

from accounts.serializers import PEOPLE, Named, PersonRef, TeamRef
from core.api.serializing import Instant, StrictSerializer, VisibleChoice
from tickets.models import Ticket, TicketLink

LINK_KINDS = TicketLink.Kind.choices


def tickets_for(user):
    return Ticket.objects.visible_to(user)


class LinkedSerializer(serializers.Serializer):
    number = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)
    state = serializers.CharField(read_only=True)


class LinkSerializer(serializers.Serializer):
    """Read from the ticket in the address: `label` is the word for its end, `ticket` is the other end."""

    id = serializers.IntegerField(source="pk", read_only=True)
    kind = serializers.ChoiceField(LINK_KINDS, read_only=True)
    is_outgoing = serializers.SerializerMethodField(help_text="Whether this ticket is the source of the link.")
    label = serializers.SerializerMethodField()
    ticket = serializers.SerializerMethodField()
    created_by = PersonRef(read_only=True, allow_null=True)
    created_at = Instant(read_only=True)

    def get_is_outgoing(self, link) -> bool:
        return link.source_id == self.context["ticket"].pk

    def get_label(self, link) -> str:
        return str(link.get_kind_display() if self.get_is_outgoing(link) else TicketLink.INVERSE[link.kind])

    def get_ticket(self, link) -> LinkedSerializer:
        return LinkedSerializer(link.target if self.get_is_outgoing(link) else link.source).data


class NewLinkSerializer(StrictSerializer):
    kind = serializers.ChoiceField(LINK_KINDS)
    ticket = VisibleChoice(tickets_for, lookup="number", help_text="Number of the other ticket.")


class NewWatcherSerializer(StrictSerializer):
    user = VisibleChoice(PEOPLE, required=False, help_text="Id; oneself when left out.")


class CategorySerializer(Named):
    slug = serializers.CharField(read_only=True)
    parent = serializers.IntegerField(source="parent_id", read_only=True, allow_null=True)
    default_team = TeamRef(read_only=True, allow_null=True)
    is_active = serializers.BooleanField(read_only=True)
