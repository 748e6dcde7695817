"""Boards, their meetings and the templates of standard changes as the API reads and writes them."""

from rest_framework import serializers

from accounts.serializers import PEOPLE, Named, PersonRef, TeamRef
from changes.models import AgendaItem
from changes.serializers.calendar import ClassRef, classes_for
from changes.serializers.record import MAX_WORDS, teams_of
from changes.vocabulary import MOST_WATCH_HOURS, BoardKind, MeetingState, TemplateState
from cmdb.serializers import ServiceRef, items_for, services_for
from cmdb.serializers.standing import organisations_for
from core.api.serializing import Instant, StrictSerializer, VisibleChoice
from tickets.vocabulary import RoundState


class _BilingualInput(StrictSerializer):
    name_zh = serializers.CharField(max_length=120, allow_blank=True, required=False)
    name_en = serializers.CharField(max_length=120, allow_blank=True, required=False)
    organisation = VisibleChoice(
        organisations_for, allow_null=True, required=False, help_text="Id; null: for every organisation."
    )


class BoardSerializer(serializers.Serializer):
    """Who decides together on changes."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True, help_text="In the reader's language.")
    name_zh = serializers.CharField(read_only=True)
    name_en = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(BoardKind.choices, read_only=True)
    organisation = Named(read_only=True, allow_null=True, help_text="Null: for all that have none of their own.")
    chair = PersonRef(read_only=True)
    members = PersonRef(many=True, read_only=True)
    quorum = serializers.IntegerField(read_only=True, help_text="How many members must agree to a change.")
    is_active = serializers.BooleanField(read_only=True)


class BoardInputSerializer(_BilingualInput):
    kind = serializers.ChoiceField(BoardKind.choices)
    chair = VisibleChoice(PEOPLE, help_text="Id of one of the members.")
    members = VisibleChoice(PEOPLE, many=True, help_text="Ids of people of the desk.")
    quorum = serializers.IntegerField(min_value=1, max_value=50)
    is_active = serializers.BooleanField(required=False)


class TemplateSerializer(serializers.Serializer):
    """What a standard change takes over word for word. Approved until `valid_until`, that day included."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True, help_text="In the reader's language.")
    name_zh = serializers.CharField(read_only=True)
    name_en = serializers.CharField(read_only=True)
    state = serializers.ChoiceField(TemplateState.choices, read_only=True)
    is_usable = serializers.BooleanField(read_only=True)
    reason = serializers.CharField(read_only=True, help_text="Why it is suspended or retired.")
    organisation = Named(read_only=True, allow_null=True)
    service = ServiceRef(read_only=True, allow_null=True)
    team = TeamRef(read_only=True, allow_null=True)
    item_classes = ClassRef(many=True, read_only=True, help_text="None: for items of every class.")
    description = serializers.CharField(read_only=True)
    plan = serializers.CharField(read_only=True, help_text="Markdown.")
    steps = serializers.CharField(read_only=True, help_text="One a line.")
    rollback_plan = serializers.CharField(read_only=True, help_text="Markdown.")
    back_out_steps = serializers.CharField(read_only=True, help_text="One a line.")
    test_evidence = serializers.CharField(read_only=True)
    minutes = serializers.IntegerField(read_only=True, help_text="How long it takes.")
    watch_hours = serializers.IntegerField(read_only=True)
    suspend_after = serializers.IntegerField(read_only=True, help_text="Changes that failed since it was approved.")
    written_by = PersonRef(read_only=True)
    approved_by = PersonRef(read_only=True, allow_null=True)
    approved_at = Instant(read_only=True, allow_null=True)
    valid_until = serializers.DateField(read_only=True, allow_null=True)


class TemplateInputSerializer(_BilingualInput):
    service = VisibleChoice(services_for, allow_null=True, required=False, help_text="Id of the service.")
    team = VisibleChoice(teams_of, allow_null=True, required=False, help_text="Id of the team.")
    item_classes = VisibleChoice(classes_for, many=True, required=False, help_text="Ids of classes of items.")
    description = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, required=False)
    plan = serializers.CharField(max_length=MAX_WORDS)
    steps = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, required=False, help_text="One a line.")
    rollback_plan = serializers.CharField(max_length=MAX_WORDS)
    back_out_steps = serializers.CharField(max_length=MAX_WORDS, allow_blank=True, required=False)
    test_evidence = serializers.CharField(max_length=MAX_WORDS)
    minutes = serializers.IntegerField(min_value=1, max_value=10_080, required=False)
    watch_hours = serializers.IntegerField(min_value=0, max_value=MOST_WATCH_HOURS, required=False)
    suspend_after = serializers.IntegerField(min_value=1, max_value=100, required=False)


# What a template is written with; a change of some of it leaves the rest as it is.
TEMPLATE_FIELDS = tuple(TemplateInputSerializer().fields)


class ApproveSerializer(StrictSerializer):
    valid_until = serializers.DateField(help_text="A day from today on, a year ahead at most.")


class WhySerializer(StrictSerializer):
    reason = serializers.CharField(max_length=500)


class UseSerializer(StrictSerializer):
    planned_start = Instant()
    implementer = VisibleChoice(PEOPLE, help_text="Id of whoever carries it out.")
    affected_items = VisibleChoice(items_for, many=True, required=False, help_text="Ids of items.")
    title = serializers.CharField(max_length=200, allow_blank=True, required=False)


class AgendaSerializer(serializers.ModelSerializer):
    """A change on an agenda, as far as the reader sees it."""

    change = serializers.CharField(source="change.number", read_only=True, help_text="Number of the change.")
    decision = serializers.ChoiceField(
        [("", ""), *RoundState.choices], read_only=True, help_text="How its approval stood when the meeting ended."
    )

    class Meta:
        model = AgendaItem
        fields = ["id", "position", "change", "note", "decision"]
        read_only_fields = fields


class MeetingSerializer(serializers.Serializer):
    """A meeting of a board. Each member votes on the change itself: `/changes/{number}/approvals/`."""

    id = serializers.IntegerField(source="pk", read_only=True)
    board = Named(read_only=True)
    starts_at = Instant(read_only=True)
    place = serializers.CharField(read_only=True)
    state = serializers.ChoiceField(MeetingState.choices, read_only=True)
    reason = serializers.CharField(read_only=True, help_text="Why it was cancelled.")
    agenda = AgendaSerializer(source="seen_agenda", many=True, read_only=True)
    present = PersonRef(many=True, read_only=True)
    minutes = serializers.CharField(read_only=True, help_text="Markdown.")
    closed_by = PersonRef(read_only=True, allow_null=True)
    closed_at = Instant(read_only=True, allow_null=True)


class MoveSerializer(StrictSerializer):
    starts_at = Instant()
    place = serializers.CharField(max_length=300, allow_blank=True, required=False)


class NoteSerializer(StrictSerializer):
    note = serializers.CharField(max_length=MAX_WORDS, allow_blank=True)


class CloseSerializer(StrictSerializer):
    present = VisibleChoice(PEOPLE, many=True, help_text="Ids of the members who were there: a quorum at least.")
    minutes = serializers.CharField(max_length=MAX_WORDS)
