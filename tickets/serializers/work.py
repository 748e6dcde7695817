"""Approvals and tasks as the API shows them, and what it takes to decide and to finish."""

from rest_framework import serializers

from accounts.serializers import PersonRef, TeamRef
from core.api.serializing import Instant, StrictSerializer
from tickets.vocabulary import ApprovalMode, RoundState, SlotState, StageState, TaskState


class VoteSerializer(serializers.Serializer):
    """One person's vote. `decided_by` differs from `approver` when a substitute decided for them."""

    id = serializers.IntegerField(source="pk", read_only=True)
    approver = PersonRef(read_only=True)
    state = serializers.ChoiceField(SlotState.choices, read_only=True)
    asked_at = Instant(read_only=True, allow_null=True)
    decided_at = Instant(read_only=True, allow_null=True)
    decided_by = PersonRef(read_only=True, allow_null=True)
    reason = serializers.CharField(read_only=True)
    added_by = PersonRef(read_only=True, allow_null=True)
    handed_over_from = serializers.IntegerField(
        source="handed_over_from_id", read_only=True, allow_null=True, help_text="Id of the vote it goes on for."
    )


class StepSerializer(serializers.Serializer):
    name = serializers.CharField(read_only=True)
    mode = serializers.ChoiceField(ApprovalMode.choices, read_only=True)
    percentage = serializers.IntegerField(read_only=True, allow_null=True)
    quorum = serializers.IntegerField(read_only=True, allow_null=True, help_text="How many must agree, in that mode.")
    state = serializers.ChoiceField(StageState.choices, read_only=True)
    votes = VoteSerializer(source="slots", many=True, read_only=True)


class ApprovalSerializer(serializers.Serializer):
    """One time of asking with its steps in order; an older one is voided when something is asked anew."""

    id = serializers.IntegerField(source="pk", read_only=True)
    state = serializers.ChoiceField(RoundState.choices, read_only=True)
    asked_at = Instant(read_only=True)
    ended_at = Instant(read_only=True, allow_null=True)
    void_reason = serializers.CharField(read_only=True)
    steps = StepSerializer(source="stages", many=True, read_only=True)


class DecisionSerializer(StrictSerializer):
    approve = serializers.BooleanField()
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=2000, help_text="Needed for a rejection."
    )


class TaskSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    key = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)
    state = serializers.ChoiceField(TaskState.choices, read_only=True)
    team = TeamRef(read_only=True, allow_null=True)
    assignee = PersonRef(read_only=True, allow_null=True)
    is_mandatory = serializers.BooleanField(read_only=True)
    automatic = serializers.CharField(read_only=True, help_text="The action a worker does; empty for people's tasks.")
    after = serializers.SerializerMethodField(help_text="Keys of the tasks that come first.")
    due_on = serializers.DateField(read_only=True, allow_null=True, help_text="The last day on which it is in time.")
    is_late = serializers.BooleanField(read_only=True)
    opened_at = Instant(read_only=True, allow_null=True)
    ended_at = Instant(read_only=True, allow_null=True)
    ended_by = PersonRef(read_only=True, allow_null=True)
    note = serializers.CharField(read_only=True)

    def get_after(self, task) -> list[str]:
        return [earlier.key for earlier in task.after.all()]


class TaskDoneSerializer(StrictSerializer):
    note = serializers.CharField(required=False, allow_blank=True, max_length=2000)


class TaskSkippedSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=2000)
