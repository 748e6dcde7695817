"""People and teams as the API shows them."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import ApiToken, Role, Team, User
from core.api.serializing import Instant, StrictSerializer, VisibleChoice


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
    specialism = serializers.ChoiceField(Team.Specialism.choices, read_only=True, help_text="The field of work.")
    lead = PersonRef(read_only=True, allow_null=True)
    parent = TeamRef(read_only=True, allow_null=True)
    responsibilities = serializers.CharField(read_only=True)
    email = serializers.EmailField(read_only=True)
    is_active = serializers.BooleanField(read_only=True)


class AwaySerializer(serializers.Serializer):
    """Somebody is away; their substitute decides for them, but does not work their shift."""

    person = PersonRef(read_only=True)
    substitute = PersonRef(read_only=True)
    start = Instant(source="from_at", read_only=True)
    end = Instant(source="until_at", read_only=True)


class StretchSerializer(serializers.Serializer):
    """A person at work or on call in [start, end)."""

    kind = serializers.ChoiceField([("shift", _("Shift")), ("call", _("On call"))], read_only=True)
    label = serializers.CharField(read_only=True, help_text="Name of the shift or of the roster.")
    person = PersonRef(read_only=True)
    start = Instant(read_only=True)
    end = Instant(read_only=True)
    is_away = serializers.SerializerMethodField(help_text="For a part of it at least; see `absences`.")

    def get_is_away(self, stretch) -> bool:
        return bool(stretch.away)


class HoleSerializer(serializers.Serializer):
    """Nobody is at work and nobody on call."""

    start = serializers.SerializerMethodField()
    end = serializers.SerializerMethodField()

    def get_start(self, hole) -> datetime:
        return hole[0]

    def get_end(self, hole) -> datetime:
        return hole[1]


class CoverageSerializer(serializers.Serializer):
    team = TeamRef(read_only=True)
    stretches = StretchSerializer(many=True, read_only=True, help_text="By beginning; empty for a team without a plan.")
    holes = HoleSerializer(many=True, read_only=True)
    absences = AwaySerializer(many=True, read_only=True)


def may_be_chosen(model):
    """`queryset(user)` of active rows of `model` that the person may see, for `VisibleChoice`."""

    def queryset(user) -> models.QuerySet:
        return model.objects.visible_to(user).filter(is_active=True)

    return queryset


PEOPLE, TEAMS = may_be_chosen(User), may_be_chosen(Team)


class AbsenceSerializer(serializers.Serializer):
    """In this time the substitute decides for the person, beside them."""

    id = serializers.IntegerField(source="pk", read_only=True)
    person = PersonRef(read_only=True)
    substitute = PersonRef(read_only=True)
    from_at = Instant(read_only=True)
    until_at = Instant(read_only=True, help_text="The first moment that belongs to it no more.")


class ArrangedAbsenceSerializer(AbsenceSerializer):
    """An absence just arranged, with what it leaves open."""

    warnings = serializers.ListField(
        child=serializers.CharField(), source="open_points", read_only=True, help_text="What to see to, in words."
    )


class AbsenceInputSerializer(StrictSerializer):
    person = VisibleChoice(PEOPLE, required=False, help_text="Id of somebody whom one manages; left out: oneself.")
    substitute = VisibleChoice(PEOPLE, help_text="Id of who decides meanwhile.")
    from_at = Instant(help_text="The first moment of it.")
    until_at = Instant(help_text="The first moment that belongs to it no more.")
