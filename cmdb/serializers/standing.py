"""Services and items as the API shows them."""

from django.utils.translation import get_language
from rest_framework import serializers

from accounts.models import Organisation
from accounts.serializers import Named, TeamRef
from cmdb.models import Announcement, ConfigurationItem, Service
from core.api.serializing import Instant, StrictSerializer, VisibleChoice

LEVELS = Announcement.Level.choices


class ServiceRef(Named):
    slug = serializers.CharField(read_only=True)


class ServiceSerializer(ServiceRef):
    description = serializers.SerializerMethodField()
    criticality = serializers.ChoiceField(
        ConfigurationItem.Criticality.choices, read_only=True, help_text="1 is critical."
    )
    support_team = TeamRef(read_only=True, allow_null=True)
    is_offered = serializers.BooleanField(read_only=True)
    is_active = serializers.BooleanField(read_only=True)

    def get_description(self, service) -> str:
        texts = [service.description_zh, service.description_en]
        if not (get_language() or "").startswith("zh"):
            texts.reverse()
        return texts[0] or texts[1]


def services_for(user):
    """Services a person may name on a ticket."""
    return Service.objects.visible_to(user).filter(is_active=True)


def items_for(user):
    """Items a person may name on a ticket."""
    return ConfigurationItem.objects.visible_to(user).filter(is_active=True)


def organisations_for(user):
    """Organisations an announcement may be meant for alone."""
    active = Organisation.objects.filter(is_active=True)
    return active if user.sees_everything else active.filter(pk__in=user.served_organisation_ids)


class OutageSerializer(serializers.Serializer):
    """When a service did not work, or worked badly. Open while `until_at` is null."""

    id = serializers.IntegerField(source="pk", read_only=True)
    service = ServiceRef(read_only=True)
    from_at = Instant(read_only=True)
    until_at = Instant(read_only=True, allow_null=True)
    is_full = serializers.BooleanField(read_only=True, help_text="Nothing worked; counts against availability.")
    text = serializers.CharField(read_only=True, help_text="In the reader's language.")
    text_zh = serializers.CharField(read_only=True)
    text_en = serializers.CharField(read_only=True)
    cause = serializers.SerializerMethodField(
        help_text="Number of the ticket that it follows, shown to the desk; empty when entered by hand."
    )

    def get_cause(self, outage) -> str:
        return outage.cause if self.context["request"].user.is_staff_member else ""


class OutageInputSerializer(StrictSerializer):
    service = VisibleChoice(services_for, help_text="Id of the service.")
    from_at = serializers.DateTimeField(help_text="Not in the future.")
    until_at = serializers.DateTimeField(allow_null=True, required=False, help_text="Null while it lasts.")
    is_full = serializers.BooleanField(required=False, help_text="True when left out.")
    text_zh = serializers.CharField(max_length=1000, allow_blank=True, required=False)
    text_en = serializers.CharField(max_length=1000, allow_blank=True, required=False)


class AnnouncementSerializer(serializers.Serializer):
    """What people should know from `from_at` to `until_at`; with services and work times, planned maintenance."""

    id = serializers.IntegerField(source="pk", read_only=True)
    level = serializers.ChoiceField(Announcement.Level.choices, read_only=True)
    title = serializers.CharField(read_only=True, help_text="In the reader's language.")
    text = serializers.CharField(read_only=True, help_text="In the reader's language.")
    title_zh = serializers.CharField(read_only=True)
    title_en = serializers.CharField(read_only=True)
    text_zh = serializers.CharField(read_only=True)
    text_en = serializers.CharField(read_only=True)
    from_at = Instant(read_only=True)
    until_at = Instant(read_only=True)
    work_from = Instant(read_only=True, allow_null=True)
    work_until = Instant(read_only=True, allow_null=True)
    organisation = Named(read_only=True, allow_null=True, help_text="Null: for everybody.")
    services = serializers.SerializerMethodField(help_text="Those the reader sees.")

    def get_services(self, announcement) -> ServiceRef(many=True):
        return ServiceRef(announcement.seen_services, many=True).data


class AnnouncementInputSerializer(StrictSerializer):
    level = serializers.ChoiceField(Announcement.Level.choices, required=False)
    title_zh = serializers.CharField(max_length=160, allow_blank=True, required=False)
    title_en = serializers.CharField(max_length=160, allow_blank=True, required=False)
    text_zh = serializers.CharField(max_length=4000, allow_blank=True, required=False)
    text_en = serializers.CharField(max_length=4000, allow_blank=True, required=False)
    from_at = serializers.DateTimeField()
    until_at = serializers.DateTimeField()
    work_from = serializers.DateTimeField(allow_null=True, required=False)
    work_until = serializers.DateTimeField(allow_null=True, required=False)
    organisation = VisibleChoice(
        organisations_for, required=False, allow_null=True, help_text="Id; null: for everybody."
    )
    services = VisibleChoice(services_for, many=True, required=False, help_text="Ids of affected services.")
