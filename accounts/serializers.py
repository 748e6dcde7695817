"""People and teams as the API shows them."""

from django.db import models
from rest_framework import serializers

from accounts.models import ApiToken, Role, Team, User


class Named(serializers.Serializer):
    """Something with an id and a name in the reader's language."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True)


class PersonRef(serializers.Serializer):
    """A person in a word: enough to show and to ask for more."""

    id = serializers.IntegerField(source="pk", read_only=True)
    username = serializers.CharField(read_only=True)
    name = serializers.CharField(source="display_name", read_only=True)


class TeamRef(Named):
    slug = serializers.CharField(read_only=True)


class PersonSerializer(PersonRef):
    """A colleague. What only the desk needs (roles, VIP, staff number) is left out for everybody else."""

    of_the_desk = ("staff_number", "roles", "is_vip", "time_zone", "language")

    title = serializers.CharField(read_only=True)
    email = serializers.EmailField(read_only=True)
    phone = serializers.CharField(read_only=True)
    location = serializers.CharField(read_only=True)
    organisation = Named(read_only=True, allow_null=True)
    department = Named(read_only=True, allow_null=True)
    is_active = serializers.BooleanField(read_only=True)
    staff_number = serializers.CharField(read_only=True, required=False, help_text="Shown to people of the desk.")
    roles = serializers.ListField(
        child=serializers.ChoiceField(Role.choices),
        read_only=True,
        required=False,
        help_text="Shown to people of the desk.",
    )
    is_vip = serializers.BooleanField(read_only=True, required=False, help_text="Shown to people of the desk.")
    language = serializers.CharField(read_only=True, required=False, help_text="Shown to people of the desk.")
    time_zone = serializers.CharField(read_only=True, required=False, help_text="IANA name. Shown to the desk.")

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        reader = self.context["request"].user
        if not reader.is_staff_member and reader.pk != instance.pk:
            for name in self.of_the_desk:
                del shown[name]
        return shown


class MeSerializer(PersonSerializer):
    """Oneself, with one's teams and what the token in use may do."""

    teams = TeamRef(many=True, read_only=True)
    scopes = serializers.SerializerMethodField(help_text="Scopes of the token in use; all of them in a session.")

    def get_scopes(self, user) -> list[str]:
        token = self.context["request"].auth
        return sorted(ApiToken.Scope.values if token is None else token.scopes)


class TeamSerializer(TeamRef):
    line = serializers.ChoiceField(Team.Line.choices, read_only=True, help_text="1 is the service desk.")
    lead = PersonRef(read_only=True, allow_null=True)
    parent = TeamRef(read_only=True, allow_null=True)
    responsibilities = serializers.CharField(read_only=True)
    email = serializers.EmailField(read_only=True)
    is_active = serializers.BooleanField(read_only=True)


def may_be_chosen(model):
    """`queryset(user)` of active rows of `model` that the person may see, for `VisibleChoice`."""

    def queryset(user) -> models.QuerySet:
        return model.objects.visible_to(user).filter(is_active=True)

    return queryset


PEOPLE, TEAMS = may_be_chosen(User), may_be_chosen(Team)
