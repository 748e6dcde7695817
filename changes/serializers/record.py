"""Changes as the API shows them, how one is written and planned, and what is answered about its risk."""

from rest_framework import serializers

from accounts.serializers import PEOPLE, Named, PersonRef
from changes.models import RiskAssessment
from changes.vocabulary import MOST_WATCH_HOURS, ChangeType, Outcome
from cmdb.serializers import items_for, services_for
from core.api.serializing import Instant, StrictSerializer, VisibleChoice
from sla.serializers import WithClocks
from tickets.forms import teams_for
from tickets.models import Level
from tickets.serializers import TicketSerializer

MAX_WORDS = 20_000


def teams_of(user):
    return teams_for(user.served_organisation_ids, user)


class AssessmentSerializer(serializers.ModelSerializer):
    level = serializers.CharField(source="route.name", read_only=True, default="", help_text="The level of this score.")
    made_by = PersonRef(read_only=True, allow_null=True)
    made_at = Instant(read_only=True)

    class Meta:
        model = RiskAssessment
        fields = [
            "score", "level", "likelihood", "impact", "failing", "at_risk", "answers", "note", "made_by", "made_at",
        ]  # fmt: skip


class ChangeRecordSerializer(WithClocks, TicketSerializer):
    of_the_desk = (
        *TicketSerializer.of_the_desk, "plan", "steps", "rollback_plan", "back_out_steps", "test_evidence",
        "review_notes", "assessments",
    )  # fmt: skip

    type = serializers.ChoiceField(ChangeType.choices, read_only=True)
    planned_start = Instant(read_only=True, allow_null=True)
    planned_end = Instant(read_only=True, allow_null=True)
    actual_start = Instant(read_only=True, allow_null=True)
    actual_end = Instant(read_only=True, allow_null=True)
    watch_hours = serializers.IntegerField(read_only=True, help_text="Hours of watching after the work.")
    watch_until = Instant(read_only=True, allow_null=True)
    assessment_due = Instant(read_only=True, allow_null=True, help_text="Until then an emergency owes its assessment.")
    implementer = PersonRef(read_only=True, allow_null=True)
    plan = serializers.CharField(read_only=True, required=False, help_text="Markdown. Shown to the desk.")
    rollback_plan = serializers.CharField(read_only=True, required=False, help_text="Markdown. Shown to the desk.")
    test_evidence = serializers.CharField(read_only=True, required=False, help_text="Markdown. Shown to the desk.")
    template = Named(read_only=True, allow_null=True, help_text="Of a standard change.")
    steps = serializers.CharField(read_only=True, required=False, help_text="One a line. Shown to the desk.")
    back_out_steps = serializers.CharField(read_only=True, required=False, help_text="One a line. Shown to the desk.")
    outcome = serializers.ChoiceField([("", ""), *Outcome.choices], read_only=True)
    review_notes = serializers.CharField(read_only=True, required=False, help_text="Shown to the desk.")
    assessments = AssessmentSerializer(many=True, read_only=True, required=False, help_text="The latest first.")


class PlanSerializer(StrictSerializer):
    """What may be planned. Other items, dates or plans end the approvals given so far."""

    version = serializers.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, help_text="The version you read; 409 if it moved on."
    )
    title = serializers.CharField(max_length=200, required=False)
    description = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, required=False)
    type = serializers.ChoiceField(ChangeType.choices, required=False)
    service = VisibleChoice(services_for, allow_null=True, required=False, help_text="Id of the service.")
    affected_items = VisibleChoice(items_for, many=True, required=False, help_text="Ids of items.")
    planned_start = Instant(required=False, allow_null=True)
    planned_end = Instant(required=False, allow_null=True)
    implementer = VisibleChoice(PEOPLE, required=False, allow_null=True, help_text="Id of whoever carries it out.")
    assignee = VisibleChoice(PEOPLE, required=False, allow_null=True, help_text="Id of the coordinator.")
    team = VisibleChoice(teams_of, required=False, allow_null=True, help_text="Id of the team.")
    plan = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, required=False)
    rollback_plan = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, required=False)
    steps = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, required=False, help_text="One a line.")
    back_out_steps = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, required=False)
    test_evidence = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, required=False)
    watch_hours = serializers.IntegerField(min_value=0, max_value=MOST_WATCH_HOURS, required=False)


class OpenSerializer(PlanSerializer):
    """How a change begins: with a title, all else can follow."""

    version = None
    title = serializers.CharField(max_length=200)
    impact = serializers.ChoiceField(Level.choices, required=False, help_text="1 is worst.")
    urgency = serializers.ChoiceField(Level.choices, required=False, help_text="1 is worst.")


class AnswersSerializer(StrictSerializer):
    answers = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=100),
        help_text="The number of the chosen option, from 0, by the short name of each question.",
    )
    note = serializers.CharField(max_length=4000, allow_blank=True, required=False)


class ObstacleSerializer(serializers.Serializer):
    kind = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True)
