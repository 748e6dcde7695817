"""Declared filters of surveys."""

import django_filters as filters

from core.api.filtering import FlagFilter, PersonIdFilter
from surveys.models import Survey


class SurveyFilter(filters.FilterSet):
    ticket = filters.CharFilter(field_name="ticket__number", max_length=20, label="Number of the ticket.")
    recipient = PersonIdFilter(field_name="recipient_id", label="Id of who was asked, or me.")
    is_answered = FlagFilter(field_name="answered_at", lookup_expr="isnull", exclude=True, label="Has an answer.")
    answered_after = filters.IsoDateTimeFilter(
        field_name="answered_at", lookup_expr="gte", label="From this time on."
    )  # fmt: skip
    answered_before = filters.IsoDateTimeFilter(field_name="answered_at", lookup_expr="lt", label="Before this time.")

    class Meta:
        model = Survey
        fields: list[str] = []
