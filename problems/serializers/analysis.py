"""Analyses as the API shows and takes them. The tree has the very form of an exported file."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.serializers import PersonRef
from core.api.serializing import Instant, StrictSerializer, VisibleChoice
from problems.causes import Fault, Method, dump, parse
from problems.causes.tree import LONGEST_TEXT
from problems.models import Analysis
from problems.selectors.analysis import templates


@extend_schema_field({"type": "object", "additionalProperties": True})
class TreeField(serializers.Field):
    """`{format, version, method, head, roots}`; what is wrong with it is told with its place."""

    def to_internal_value(self, data):
        try:
            return parse(data)
        except (Fault, RecursionError) as fault:
            raise serializers.ValidationError(str(fault)) from None

    def to_representation(self, value):
        return dump(value)


class AnalysisSerializer(serializers.ModelSerializer):
    changed_by = PersonRef(read_only=True, allow_null=True)
    changed_at = Instant(read_only=True)
    tree = TreeField(read_only=True, help_text="As it is exported; sent to another problem it becomes the same tree.")

    class Meta:
        model = Analysis
        fields = ["id", "method", "version", "has_confirmed_leaf", "changed_by", "changed_at", "tree"]


class BeginSerializer(StrictSerializer):
    """How an analysis begins: with a tree as it is, from a template, or empty by a method."""

    method = serializers.ChoiceField(Method.choices, required=False, default=Method.FISHBONE)
    head = serializers.CharField(
        max_length=LONGEST_TEXT, required=False, default="", allow_blank=True, help_text="Empty: the problem's title."
    )
    template = VisibleChoice(lambda user: templates(), required=False, allow_null=True, help_text="Id of a template.")
    tree = TreeField(required=False, help_text="An exported tree; method, head and template are not looked at then.")


class RemoveSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=500, help_text="Why it leads nowhere; it stays in the history.")


class SaveSerializer(StrictSerializer):
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text="The version you read.")
    tree = TreeField(help_text="The whole tree as it is to be.")
