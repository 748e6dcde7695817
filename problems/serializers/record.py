"""Problems as the API shows them, how one is written and described."""

from rest_framework import serializers

from accounts.serializers import PEOPLE, PersonRef
from cmdb.serializers import items_for, services_for
from core.api.serializing import Instant, StrictSerializer, VisibleChoice
from problems.models import Problem, RiskAcceptance
from problems.vocabulary import MOST_WATCH_DAYS, ClosingCode
from sla.serializers import WithClocks
from tickets.forms import teams_for
from tickets.models import Level, Ticket
from tickets.serializers import TicketSerializer

MAX_WORDS = 20_000


def teams_of(user):
    return teams_for(user.served_organisation_ids, user)


class ProblemRecordSerializer(WithClocks, TicketSerializer):
    root_cause = serializers.CharField(read_only=True, help_text="Markdown.")
    no_method_reason = serializers.CharField(read_only=True, help_text="Why no method was used to find the cause.")
    workaround = serializers.CharField(read_only=True, help_text="Markdown.")
    has_no_workaround = serializers.BooleanField(read_only=True)
    published_at = Instant(read_only=True, allow_null=True, help_text="When the workaround was published last.")
    watch_days = serializers.IntegerField(read_only=True, help_text="Days of observation after the fix.")
    fixed_at = Instant(read_only=True, allow_null=True)
    watch_until = Instant(read_only=True, allow_null=True)
    closing_code = serializers.ChoiceField([("", ""), *ClosingCode.choices], read_only=True)
    closing_notes = serializers.CharField(read_only=True)
    review_on = serializers.DateField(read_only=True, allow_null=True, help_text="When an accepted risk is reviewed.")


class DescribeSerializer(StrictSerializer):
    """What is known about a problem."""

    version = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, help_text="The version you read; 409 if it moved on."
    )
    title = serializers.CharField(max_length=200, required=False)
    description = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, required=False)
    service = VisibleChoice(services_for, allow_null=True, required=False, help_text="Id of the service.")
    affected_items = VisibleChoice(items_for, many=True, required=False, help_text="Ids of items.")
    assignee = VisibleChoice(PEOPLE, required=False, allow_null=True, help_text="Id of the problem owner.")
    team = VisibleChoice(teams_of, required=False, allow_null=True, help_text="Id of the team.")
    root_cause = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, required=False)
    no_method_reason = serializers.CharField(max_length=500, allow_blank=True, required=False)
    workaround = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, required=False)
    has_no_workaround = serializers.BooleanField(required=False)
    watch_days = serializers.IntegerField(min_value=1, max_value=MOST_WATCH_DAYS, required=False)


class RaiseSerializer(DescribeSerializer):
    """How a problem begins: with a title, all else can follow."""

    version = None
    title = serializers.CharField(max_length=200)
    impact = serializers.ChoiceField(Level.choices, required=False, help_text="1 is worst.")
    urgency = serializers.ChoiceField(Level.choices, required=False, help_text="1 is worst.")


def problems_for(user):
    return Problem.objects.visible_to(user)


def incidents_for(user):
    return Ticket.objects.visible_to(user).filter(kind="incident")


class AddTaskSerializer(StrictSerializer):
    title = serializers.CharField(max_length=200)
    team = VisibleChoice(teams_of, required=False, allow_null=True, help_text="Id of the team.")
    assignee = VisibleChoice(PEOPLE, required=False, allow_null=True, help_text="Id of somebody of the desk.")
    due_on = serializers.DateField(required=False, allow_null=True, help_text="The last day on which it is in time.")


class DuplicateSerializer(StrictSerializer):
    original = VisibleChoice(problems_for, lookup="number", help_text="Number of the problem that stays.")


class IncidentSerializer(StrictSerializer):
    incident = VisibleChoice(incidents_for, lookup="number", help_text="Number of the incident it causes.")


class AskRiskSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=500)
    review_on = serializers.DateField(help_text="A day after today, within a year.")
    approver = VisibleChoice(PEOPLE, help_text="Id of the manager who decides.")


class AcceptanceSerializer(serializers.ModelSerializer):
    asked_by = PersonRef(read_only=True)
    asked_at = Instant(read_only=True)

    class Meta:
        model = RiskAcceptance
        fields = ["reason", "review_on", "state", "asked_by", "asked_at"]
