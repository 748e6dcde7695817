"""Windows, freezes and collisions as the API reads and writes them."""

from rest_framework import serializers

from accounts.models import Team
from accounts.rules import Role
from accounts.serializers import Named, PersonRef, TeamRef
from changes.models import Collision, Freeze
from changes.models.calendar import LONGEST, SHORTEST
from cmdb.models import ConfigurationItem, ItemClass
from cmdb.serializers import ServiceRef, items_for, services_for
from cmdb.serializers.items import ItemRef
from core.api.serializing import Instant, StrictSerializer, VisibleChoice


class ClassRef(Named):
    slug = serializers.CharField(read_only=True)


def classes_for(user):
    return ItemClass.objects.all()


def teams_for(user):
    return Team.objects.visible_to(user).active()


class WindowSerializer(serializers.Serializer):
    """When work may be done on what it is attached to."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True, help_text="In the reader's language.")
    name_zh = serializers.CharField(read_only=True)
    name_en = serializers.CharField(read_only=True)
    zone = serializers.CharField(read_only=True)
    from_on = serializers.DateField(read_only=True)
    opens_at = serializers.TimeField(read_only=True, help_text="On the wall clock of `zone`.")
    lasts_for = serializers.IntegerField(read_only=True, help_text="Minutes.")
    rule = serializers.CharField(read_only=True, help_text="RFC 5545; empty: once.")
    until_on = serializers.DateField(read_only=True, allow_null=True)
    items = serializers.SerializerMethodField(help_text="Those the reader sees.")
    classes = ClassRef(many=True, read_only=True)

    def get_items(self, window) -> ItemRef(many=True):
        return ItemRef(window.seen_items, many=True).data


class WindowInputSerializer(StrictSerializer):
    name_zh = serializers.CharField(max_length=120, allow_blank=True, required=False)
    name_en = serializers.CharField(max_length=120, allow_blank=True, required=False)
    zone = serializers.CharField(max_length=50, required=False, help_text="Asia/Shanghai when left out.")
    from_on = serializers.DateField()
    opens_at = serializers.TimeField(help_text="On the wall clock of `zone`.")
    lasts_for = serializers.IntegerField(min_value=SHORTEST, max_value=LONGEST, help_text="Minutes.")
    rule = serializers.CharField(
        max_length=200, allow_blank=True, required=False, help_text="RFC 5545, like FREQ=WEEKLY;BYDAY=SU; empty: once."
    )
    until_on = serializers.DateField(allow_null=True, required=False)
    items = VisibleChoice(items_for, many=True, required=False, help_text="Ids of items, services among them.")
    classes = VisibleChoice(classes_for, many=True, required=False, help_text="Ids of classes of items.")


class FreezeSerializer(serializers.Serializer):
    """When nothing of its scope is changed."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True, help_text="In the reader's language.")
    name_zh = serializers.CharField(read_only=True)
    name_en = serializers.CharField(read_only=True)
    reason = serializers.CharField(read_only=True)
    from_at = Instant(read_only=True)
    until_at = Instant(read_only=True)
    scope = serializers.ChoiceField(Freeze.Scope.choices, read_only=True)
    services = serializers.SerializerMethodField(help_text="Those the reader sees.")
    classes = ClassRef(many=True, read_only=True)
    teams = TeamRef(many=True, read_only=True)
    excepted_roles = serializers.ListField(child=serializers.CharField(), read_only=True)

    def get_services(self, freeze) -> ServiceRef(many=True):
        return ServiceRef(freeze.seen_services, many=True).data


class FreezeInputSerializer(StrictSerializer):
    name_zh = serializers.CharField(max_length=120, allow_blank=True, required=False)
    name_en = serializers.CharField(max_length=120, allow_blank=True, required=False)
    reason = serializers.CharField(max_length=500)
    from_at = serializers.DateTimeField()
    until_at = serializers.DateTimeField()
    scope = serializers.ChoiceField(Freeze.Scope.choices, required=False, help_text="`everything` when left out.")
    services = VisibleChoice(services_for, many=True, required=False, help_text="Ids, for the scope `services`.")
    classes = VisibleChoice(classes_for, many=True, required=False, help_text="Ids, for the scope `classes`.")
    teams = VisibleChoice(teams_for, many=True, required=False, help_text="Ids, for the scope `teams`.")
    excepted_roles = serializers.ListField(
        child=serializers.ChoiceField(Role.choices), max_length=10, required=False,
        help_text="Implementers with one of these roles may work during it.",
    )  # fmt: skip


class CollisionSerializer(serializers.Serializer):
    """Two changes that must not be in work at once."""

    id = serializers.IntegerField(source="pk", read_only=True)
    first = serializers.CharField(source="first.number", read_only=True, help_text="Number of a change.")
    second = serializers.CharField(source="second.number", read_only=True, help_text="Number of the other.")
    state = serializers.ChoiceField(Collision.State.choices, read_only=True)
    item = serializers.IntegerField(
        source="evidence.item", read_only=True, help_text="Id of the item that fails by both."
    )
    ways = serializers.SerializerMethodField(
        help_text="From what each change touches to that item: ids of the items that the reader sees, else null."
    )
    found_at = Instant(read_only=True)
    accepted_by = PersonRef(read_only=True, allow_null=True)
    accepted_at = Instant(read_only=True, allow_null=True)
    reason = serializers.CharField(read_only=True, help_text="Why both may be done at once.")

    def get_ways(self, collision) -> list[list[int | None]]:
        seen = self.context.setdefault("seen_items", {})
        ways = list(collision.evidence["ways"].values())
        unknown = {item for way in ways for item in way} - seen.keys()
        if unknown:
            visible = ConfigurationItem.objects.visible_to(self.context["request"].user).filter(pk__in=unknown)
            seen |= dict.fromkeys(unknown, False) | dict.fromkeys(visible.values_list("pk", flat=True), True)
        return [[item if seen[item] else None for item in way] for way in ways]


class AcceptSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=500)


class SlotSerializer(serializers.Serializer):
    start = Instant(read_only=True, allow_null=True, help_text="Null when nothing is free within 90 days.")
    end = Instant(read_only=True, allow_null=True)
