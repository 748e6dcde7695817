"""Who does what for a service, as the API shows it."""

from rest_framework import serializers

from accounts.serializers import PEOPLE, TEAMS, PersonRef, TeamRef
from cmdb.models import Activity, Letter
from cmdb.serializers.standing import ServiceRef, services_for
from core.api.serializing import StrictSerializer, VisibleChoice


class ResponsibilitySerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    service = ServiceRef(read_only=True)
    activity = serializers.ChoiceField(Activity.choices, read_only=True)
    letter = serializers.ChoiceField(Letter.choices, read_only=True)
    team = TeamRef(read_only=True, allow_null=True)
    person = PersonRef(read_only=True, allow_null=True)
    is_void = serializers.BooleanField(read_only=True, help_text="That team or person is gone.")


class ResponsibilityInputSerializer(StrictSerializer):
    service = VisibleChoice(services_for, help_text="Id of the service.")
    activity = serializers.ChoiceField(Activity.choices)
    letter = serializers.ChoiceField(Letter.choices)
    team = VisibleChoice(TEAMS, required=False, allow_null=True, help_text="Id; either a team or a person.")
    person = VisibleChoice(PEOPLE, required=False, allow_null=True, help_text="Id; either a team or a person.")
