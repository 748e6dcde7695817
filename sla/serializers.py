"""Clocks, agreements and calendars as the API shows them; all of it read only."""

from rest_framework import serializers

from accounts.serializers import Named, TeamRef
from core.api.serializing import Instant
from sla.models import Agreement, AgreementVersion, Target
from sla.selectors import chips_for

CLOCK_STATES = ["running", "paused", "met", "breached", "cancelled"]
KINDS = Agreement.Kind.choices
STATES = AgreementVersion.State.choices
_SECONDS = "Business seconds."


class AgreementRef(Named):
    slug = serializers.CharField(read_only=True)


class SlaClockSerializer(serializers.Serializer):
    """One clock of one ticket, read at the moment of the answer."""

    id = serializers.IntegerField(source="pk", read_only=True)
    ticket = serializers.CharField(source="ticket.number", read_only=True)
    kind = serializers.ChoiceField(KINDS, read_only=True)
    metric = serializers.ChoiceField(Target.Metric.choices, read_only=True)
    state = serializers.ChoiceField(CLOCK_STATES, source="chip.state", read_only=True)
    is_running = serializers.BooleanField(source="chip.is_running", read_only=True)
    is_breached = serializers.BooleanField(read_only=True)
    is_withdrawn = serializers.BooleanField(read_only=True, help_text="No agreement stands behind it any more.")
    cycle = serializers.IntegerField(read_only=True)
    target = serializers.IntegerField(source="chip.target", read_only=True, allow_null=True, help_text=_SECONDS)
    remaining = serializers.IntegerField(
        source="chip.remaining", read_only=True, allow_null=True, help_text=f"{_SECONDS} Negative once late."
    )
    due_at = Instant(read_only=True, allow_null=True, help_text="Null while paused before the deadline.")
    stopped_at = Instant(read_only=True, allow_null=True)
    agreement = AgreementRef(source="agreement.agreement", read_only=True)
    agreement_version = serializers.IntegerField(source="agreement.number", read_only=True)
    calendar = serializers.CharField(source="calendar_version.calendar.slug", read_only=True)
    calendar_version = serializers.IntegerField(source="calendar_version.number", read_only=True)
    team = TeamRef(read_only=True, allow_null=True)
    supplier = Named(read_only=True, allow_null=True)


class TargetSerializer(serializers.Serializer):
    ticket_kind = serializers.CharField(source="kind", read_only=True)
    metric = serializers.ChoiceField(Target.Metric.choices, read_only=True)
    priority = serializers.IntegerField(read_only=True)
    seconds = serializers.IntegerField(read_only=True, help_text=_SECONDS)
    calendar = serializers.CharField(source="calendar.slug", read_only=True)
    thresholds = serializers.ListField(
        child=serializers.IntegerField(), read_only=True, help_text="Percent of the target."
    )
    pausing_reasons = serializers.ListField(child=serializers.CharField(), read_only=True)


class AgreementVersionSerializer(serializers.Serializer):
    number = serializers.IntegerField(read_only=True)
    state = serializers.ChoiceField(STATES, read_only=True)
    starts_on = serializers.DateField(read_only=True, allow_null=True)
    ends_on = serializers.DateField(read_only=True, allow_null=True)
    active_from = Instant(read_only=True, allow_null=True)
    ended_at = Instant(read_only=True, allow_null=True)
    targets = TargetSerializer(many=True, read_only=True)


class AgreementSerializer(AgreementRef):
    """An agreement with the versions that the reader may see."""

    kind = serializers.ChoiceField(KINDS, read_only=True)
    rank = serializers.IntegerField(read_only=True, help_text="Of those that fit a ticket the lowest binds it.")
    customer = Named(read_only=True, allow_null=True)
    team = TeamRef(read_only=True, allow_null=True)
    supplier = Named(read_only=True, allow_null=True)
    versions = AgreementVersionSerializer(source="seen_versions", many=True, read_only=True)


class CalendarSerializer(Named):
    """A calendar as its latest version says."""

    slug = serializers.CharField(read_only=True)
    version = serializers.IntegerField(source="latest.number", read_only=True, allow_null=True)
    zone = serializers.CharField(source="latest.zone", read_only=True, allow_null=True)
    weekly = serializers.DictField(
        source="latest.weekly", read_only=True, allow_null=True, help_text="Intervals by ISO weekday, 1 is Monday."
    )
    exceptions = serializers.DictField(
        source="latest.exceptions", read_only=True, allow_null=True,
        help_text="Intervals by date: they replace all working time of it; an empty list is a holiday.",
    )  # fmt: skip
    valid_through = serializers.DateField(
        source="latest.valid_through", read_only=True, allow_null=True, help_text="Holidays are known until then."
    )


class ClockSerializer(serializers.Serializer):
    """One clock. Durations are business seconds; `remaining` is negative once late."""

    metric = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)
    state = serializers.ChoiceField(["running", "paused", "met", "breached", "cancelled"], read_only=True)
    due_at = Instant(read_only=True, allow_null=True)
    remaining = serializers.IntegerField(read_only=True, allow_null=True)
    target = serializers.IntegerField(read_only=True, allow_null=True)
    percent = serializers.IntegerField(read_only=True, allow_null=True)
    agreement = serializers.CharField(read_only=True)
    calendar = serializers.CharField(read_only=True)


class WithClocks(serializers.Serializer):
    """Adds the clocks of a ticket; a view that shows many gives them all at once as `chips` of the context."""

    clocks = serializers.SerializerMethodField(help_text="Targets of the agreement in force.")

    def get_clocks(self, ticket) -> ClockSerializer(many=True):
        chips = self.context["chips"] if "chips" in self.context else chips_for([ticket])
        return ClockSerializer(chips.get(ticket.pk, []), many=True).data
