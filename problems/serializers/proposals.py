"""Recurring incidents as the API tells of them, what is decided about them, and the rules that find them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.serializers import PersonRef
from core.api.serializing import Instant, StrictSerializer, VisibleChoice
from problems.models import Problem, Proposal, RecurrenceRule
from problems.models.recurring import LONGEST
from problems.recurring.vocabulary import Basis, ProposalState
from problems.selectors import proposals
from tickets.models import Category


class PartSerializer(serializers.Serializer):
    what = serializers.CharField(read_only=True)
    points = serializers.IntegerField(read_only=True)


class ProposalSerializer(serializers.Serializer):
    """Incidents that recur, and why that is said."""

    id = serializers.IntegerField(source="pk", read_only=True)
    state = serializers.ChoiceField(ProposalState.choices, read_only=True)
    why = serializers.SerializerMethodField(help_text="One sentence in the reader's language.")
    basis = serializers.ChoiceField(Basis.choices, read_only=True, help_text="What the incidents are alike by.")
    item = serializers.IntegerField(source="item_id", read_only=True, allow_null=True, help_text="Id of the item.")
    service = serializers.IntegerField(
        source="service_id", read_only=True, allow_null=True, help_text="Id of the service."
    )
    category = serializers.IntegerField(
        source="category_id", read_only=True, allow_null=True, help_text="Id of the category."
    )
    incidents = serializers.SerializerMethodField(help_text="Numbers of those that the reader sees.")
    usual = serializers.FloatField(read_only=True, help_text="How many come in as many days else.")
    score = serializers.IntegerField(read_only=True)
    parts = serializers.SerializerMethodField(help_text="What makes the score.")
    first_at = Instant(read_only=True, help_text="First incident.")
    last_at = Instant(read_only=True, help_text="Last incident.")
    created_at = Instant(read_only=True)
    problem = serializers.CharField(
        source="problem.number", read_only=True, default=None, help_text="Number of the problem it became or went into."
    )
    merged_into = serializers.IntegerField(source="merged_into_id", read_only=True, allow_null=True)
    reason = serializers.CharField(read_only=True, help_text="Why it was dismissed.")
    silent_until = serializers.DateField(read_only=True, allow_null=True)
    decided_by = PersonRef(read_only=True, allow_null=True)
    decided_at = Instant(read_only=True, allow_null=True)

    def get_why(self, proposal) -> str:
        return self._told(proposal).why

    @extend_schema_field(PartSerializer(many=True))
    def get_parts(self, proposal):
        return [{"what": what, "points": points} for what, points in self._told(proposal).parts]

    def get_incidents(self, proposal) -> list[str]:
        return [incident.number for incident in proposal.seen_incidents]

    def _told(self, proposal):
        """What is said of it, read for the whole list at once."""
        told = self.context.setdefault("told", {})
        if proposal.pk not in told:
            rows = self.parent.instance if self.parent is not None else [proposal]
            told |= {row.proposal.pk: row for row in proposals.tell(self.context["request"].user, rows)}
        return told[proposal.pk]


def problems_for(user):
    return Problem.objects.visible_to(user).filter(is_open=True)


def proposals_for(user):
    return Proposal.objects.visible_to(user).open()


class AcceptProposalSerializer(StrictSerializer):
    title = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=20_000, allow_blank=True, required=False)


class MergeProposalSerializer(StrictSerializer):
    problem = VisibleChoice(problems_for, lookup="number", required=False, help_text="Number of an open problem.")
    proposal = VisibleChoice(proposals_for, required=False, help_text="Id of another proposal that waits.")


class DismissSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=500)
    silent_until = serializers.DateField(help_text="A day from today on, a year ahead at most.")


def categories_for(user):
    return Category.objects.all()


class RuleSerializer(serializers.ModelSerializer):
    factor = serializers.FloatField(read_only=True, help_text="Times as many as usual; 0: however many are usual.")

    class Meta:
        model = RecurrenceRule
        fields = [
            "id", "name_zh", "name_en", "basis", "incidents", "days", "likeness", "factor", "left_out", "weight",
            "weight_grave", "weight_change", "position", "is_active",
        ]  # fmt: skip
        read_only_fields = fields


class RuleInputSerializer(StrictSerializer):
    name_zh = serializers.CharField(max_length=120, allow_blank=True, required=False)
    name_en = serializers.CharField(max_length=120, allow_blank=True, required=False)
    basis = serializers.ChoiceField(Basis.choices)
    incidents = serializers.IntegerField(min_value=2, max_value=100, required=False)
    days = serializers.IntegerField(min_value=1, max_value=LONGEST, required=False)
    likeness = serializers.IntegerField(min_value=20, max_value=100, required=False, help_text="Percent.")
    factor = serializers.DecimalField(max_digits=4, decimal_places=1, min_value=0, required=False)
    left_out = VisibleChoice(categories_for, many=True, required=False, help_text="Ids of categories.")
    weight = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    weight_grave = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    weight_change = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    position = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    is_active = serializers.BooleanField(required=False)
