"""Items, relations and classes as the API reads and writes them."""

from rest_framework import serializers

from accounts.models import Organisation, Team, User
from accounts.serializers import Named, PersonRef, TeamRef
from cmdb.models import Attribute, ConfigurationItem, ItemClass, RelationType
from cmdb.vocabulary import Environment, Trust
from core.api.serializing import Instant, StrictSerializer, VisibleChoice


class AttributeSerializer(Named):
    key = serializers.CharField(read_only=True)
    kind = serializers.CharField(read_only=True)
    unit = serializers.CharField(read_only=True)
    choices = serializers.JSONField(read_only=True)
    is_required = serializers.BooleanField(read_only=True)
    is_unique = serializers.BooleanField(read_only=True)


class ItemClassSerializer(Named):
    slug = serializers.CharField(read_only=True)
    family = serializers.CharField(read_only=True)
    parent = serializers.CharField(source="parent.slug", read_only=True, default=None)
    stale_after = serializers.IntegerField(read_only=True, help_text="Days.")
    is_abstract = serializers.BooleanField(read_only=True)
    attributes = serializers.SerializerMethodField(help_text="Its own; inherited ones stand at the class above.")

    def get_attributes(self, item_class) -> list[dict]:
        asked: list[Attribute] = [one for one in item_class.attributes.all() if one.retired_at is None]
        return AttributeSerializer(asked, many=True).data


class ItemRef(Named):
    slug = serializers.CharField(read_only=True)


class ItemSerializer(ItemRef):
    item_class = serializers.CharField(source="item_class.slug", read_only=True)
    name_zh = serializers.CharField(read_only=True)
    name_en = serializers.CharField(read_only=True)
    state = serializers.CharField(read_only=True)
    trust = serializers.ChoiceField(Trust.choices, read_only=True)
    verified_at = Instant(read_only=True, allow_null=True)
    criticality = serializers.IntegerField(read_only=True, help_text="1 is critical.")
    environment = serializers.CharField(read_only=True)
    owner = PersonRef(read_only=True, allow_null=True)
    used_by = PersonRef(read_only=True, allow_null=True)
    support_team = TeamRef(read_only=True, allow_null=True)
    standalone = serializers.CharField(read_only=True)
    values = serializers.JSONField(read_only=True)
    merged_into = serializers.IntegerField(
        source="merged_into_id", read_only=True, allow_null=True,
        help_text="Id of the item that it turned out to be a duplicate of.",
    )  # fmt: skip
    version = serializers.IntegerField(read_only=True)


class ItemInputSerializer(StrictSerializer):
    name_zh = serializers.CharField(max_length=120, required=False, allow_blank=True)
    name_en = serializers.CharField(max_length=120, required=False, allow_blank=True)
    criticality = serializers.ChoiceField(ConfigurationItem.Criticality.choices, required=False)
    environment = serializers.ChoiceField(Environment.choices, required=False, allow_blank=True)
    owner = VisibleChoice(lambda user: User.objects.visible_to(user).active(), required=False, allow_null=True)
    used_by = VisibleChoice(lambda user: User.objects.visible_to(user).active(), required=False, allow_null=True)
    support_team = VisibleChoice(lambda user: Team.objects.visible_to(user), required=False, allow_null=True)
    organisation = VisibleChoice(
        lambda user: Organisation.objects.filter(is_active=True), required=False, allow_null=True
    )
    standalone = serializers.CharField(max_length=200, required=False, allow_blank=True)
    values = serializers.DictField(required=False, help_text="Attribute values by key; null takes one away.")


class NewItemSerializer(ItemInputSerializer):
    slug = serializers.SlugField(max_length=80)
    item_class = serializers.SlugRelatedField("slug", queryset=ItemClass.objects.all())


class StepSerializer(StrictSerializer):
    name = serializers.CharField(max_length=20, help_text="An arrow of the life cycle, such as `go_live` or `retire`.")
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)
    accepted = serializers.CharField(
        max_length=100_000, required=False, allow_blank=True, help_text="Short names, separated by commas."
    )


class VerifySerializer(StrictSerializer):
    how = serializers.CharField(max_length=200, help_text="How you know.")


class DisputeSerializer(StrictSerializer):
    why = serializers.CharField(max_length=500, help_text="What is wrong.")


class RelationSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    relation_type = serializers.CharField(source="relation_type.slug", read_only=True)
    source = ItemRef(read_only=True)
    target = ItemRef(read_only=True)
    group = serializers.CharField(source="group.name", read_only=True, default=None)
    needed = serializers.IntegerField(source="group.needed", read_only=True, default=None)
    origin = serializers.CharField(read_only=True)


class RelationInputSerializer(StrictSerializer):
    relation_type = serializers.SlugRelatedField("slug", queryset=RelationType.objects.all())
    source = VisibleChoice(lambda user: ConfigurationItem.objects.visible_to(user))
    target = VisibleChoice(lambda user: ConfigurationItem.objects.visible_to(user))
    group = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    needed = serializers.IntegerField(min_value=1, max_value=999, required=False, allow_null=True, default=None)
