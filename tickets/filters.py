"""Declared filters of tickets: nothing else reaches the database."""

import django_filters as filters

from core.api.filtering import FlagFilter, IdFilter, PersonIdFilter, WordsFilter
from tickets import kinds, selectors
from tickets.models import Channel, Level, PendingReason, Priority, Ticket


class TicketFilter(filters.FilterSet):
    """Several filters narrow each other down; several values of one are alternatives."""

    q = filters.CharFilter(
        method="by_words", max_length=200, label="A number, or words of the ticket and its conversation."
    )
    kind = WordsFilter(choices=kinds.choices, label="Kinds of tickets, e.g. incident.")
    state = WordsFilter(choices=kinds.state_choices, label="State keys, separated by commas.")
    is_open = FlagFilter(label="Not resolved, closed or cancelled.")
    pending_reason = WordsFilter(choices=PendingReason.choices, label="What it waits for.")
    priority = WordsFilter(choices=Priority.choices, label="1 to 4, separated by commas.")
    impact = WordsFilter(choices=Level.choices, label="1 to 3.")
    urgency = WordsFilter(choices=Level.choices, label="1 to 3.")
    channel = WordsFilter(choices=Channel.choices, label="How it came in.")
    requester = PersonIdFilter(field_name="requester_id", label="Id of the requester, or me.")
    opened_by = PersonIdFilter(field_name="opened_by_id", label="Id of who opened it, or me.")
    assignee = PersonIdFilter(field_name="assignee_id", label="Id of the assignee, or me.")
    is_assigned = FlagFilter(field_name="assignee", lookup_expr="isnull", exclude=True, label="Has an assignee.")
    organisation = IdFilter(field_name="organisation_id", label="Id of the organisation.")
    team = IdFilter(field_name="team_id", label="Id of the team.")
    service = IdFilter(field_name="service_id", label="Id of the service.")
    category = IdFilter(field_name="category_id", label="Id of the category.")
    is_breached = FlagFilter(label="A target was missed.")
    created_after = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte", label="From this time on.")
    created_before = filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt", label="Before this time.")
    resolved_after = filters.IsoDateTimeFilter(field_name="resolved_at", lookup_expr="gte", label="From this time on.")
    resolved_before = filters.IsoDateTimeFilter(field_name="resolved_at", lookup_expr="lt", label="Before this time.")
    changed_after = filters.IsoDateTimeFilter(
        field_name="last_activity_at", lookup_expr="gte", label="Last activity from this time on."
    )
    due_before = filters.IsoDateTimeFilter(field_name="due_at", lookup_expr="lt", label="Next deadline before this.")

    class Meta:
        model = Ticket
        fields: list[str] = []

    def by_words(self, queryset, name, value):
        return selectors.matching(self.request.user, queryset, value)
