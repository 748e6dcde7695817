"""Declared filters of people and teams."""

import django_filters as filters
from django.db.models import Q

from accounts.models import Delegation, Role, Team, User
from core import clock
from core.api.filtering import FlagFilter, IdFilter


class PersonFilter(filters.FilterSet):
    # What a reader may not see is no filter either: a list that shrinks tells as much as the value.
    for_the_desk = frozenset({"team", "role"})

    q = filters.CharFilter(
        method="by_words", max_length=100, label="Name, pinyin, initials, login, staff number, e-mail or phone."
    )
    is_active = FlagFilter(label="Deactivated people are listed unless this is true.")
    organisation = IdFilter(field_name="organisation_id", label="Id of the organisation.")
    team = IdFilter(field_name="memberships__team_id", label="Id of a team the person belongs to; for the desk.")
    role = filters.ChoiceFilter(choices=Role.choices, method="by_role", label="A role the person has; for the desk.")

    class Meta:
        model = User
        fields: list[str] = []

    def by_words(self, queryset, name, value):
        return queryset.matching(value)

    def by_role(self, queryset, name, value):
        return queryset.filter(roles__contains=[value])


class TeamFilter(filters.FilterSet):
    line = filters.ChoiceFilter(choices=Team.Line.choices, label="1 first, 2 second, 3 third line.")
    specialism = filters.ChoiceFilter(choices=Team.Specialism.choices, label="The field of work.")
    is_active = FlagFilter(label="Teams in use.")

    class Meta:
        model = Team
        fields: list[str] = []


class AbsenceFilter(filters.FilterSet):
    person = IdFilter(field_name="person_id", label="Id of who is away.")
    substitute = IdFilter(field_name="substitute_id", label="Id of who stands in.")
    lasts = FlagFilter(method="by_lasting", label="Not over yet.")

    class Meta:
        model = Delegation
        fields: list[str] = []

    def by_lasting(self, queryset, name, value: bool):
        over = Q(until_at__lte=clock.now())
        return queryset.exclude(over) if value else queryset.filter(over)
