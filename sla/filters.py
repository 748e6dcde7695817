"""What lists of clocks, agreements and calendars can be narrowed by."""

import django_filters as filters

from core.api.filtering import FlagFilter
from sla.models import Agreement, AgreementVersion, Calendar, Clock, Target


class ClockFilter(filters.FilterSet):
    ticket = filters.CharFilter(field_name="ticket__number", lookup_expr="iexact", label="The number of a ticket.")
    metric = filters.ChoiceFilter(choices=Target.Metric.choices, label="What is measured.")
    kind = filters.ChoiceFilter(choices=Agreement.Kind.choices, label="Kind of agreement.")
    is_breached = FlagFilter(label="Past its target.")
    due_before = filters.IsoDateTimeFilter(field_name="due_at", lookup_expr="lt", label="Due before this instant.")

    class Meta:
        model = Clock
        fields: list[str] = []


class AgreementFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=Agreement.Kind.choices, label="Kind of agreement.")
    state = filters.ChoiceFilter(
        field_name="versions__state", choices=AgreementVersion.State.choices, distinct=True,
        label="With a version in this state.",
    )  # fmt: skip

    class Meta:
        model = Agreement
        fields: list[str] = []


class CalendarFilter(filters.FilterSet):
    slug = filters.CharFilter(label="Short name.")

    class Meta:
        model = Calendar
        fields: list[str] = []
