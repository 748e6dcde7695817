"""Services and items as the API shows them."""

from django.utils.translation import get_language
from rest_framework import serializers

from accounts.serializers import Named, TeamRef
from cmdb.models import ConfigurationItem, Service


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
