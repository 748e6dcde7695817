"""Windows and freezes, which change managers keep; collisions; the next free time of a change."""

import django_filters as filters
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.fields import DateTimeField
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from accounts.kept import Kept, described
from changes import rules, services
from changes.models import Change, Collision, Freeze, MaintenanceWindow
from changes.selectors import fitting
from changes.serializers.calendar import (
    AcceptSerializer,
    CollisionSerializer,
    FreezeInputSerializer,
    FreezeSerializer,
    SlotSerializer,
    WindowInputSerializer,
    WindowSerializer,
)
from cmdb.models import ConfigurationItem, Service
from core import clock
from core.api.filtering import WordsFilter
from core.api.problems import BadQuery
from core.api.views import Resource, SinglePage


@described(
    "a maintenance window", "maintenance windows", WindowInputSerializer, WindowSerializer, "For change managers."
)
class WindowViewSet(Kept):
    serializer_class, input_class = WindowSerializer, WindowInputSerializer
    orderings = ("id",)
    default_ordering = "id"
    queryset = MaintenanceWindow.objects.none()
    may_keep = staticmethod(rules.keeps_calendar)

    def get_queryset(self):
        seen = Prefetch("items", ConfigurationItem.objects.visible_to(self.request.user), to_attr="seen_items")
        return MaintenanceWindow.objects.visible_to(self.request.user).prefetch_related(seen, "classes")

    def keep(self, window, values):
        return services.keep_window(window, actor=self.request.user, **values)

    def discard(self, window):
        services.discard_window(window, actor=self.request.user)


@described("a freeze", "freezes", FreezeInputSerializer, FreezeSerializer, "For change managers.")
class FreezeViewSet(Kept):
    serializer_class, input_class = FreezeSerializer, FreezeInputSerializer
    orderings = ("id", "from_at")
    default_ordering = "-from_at"
    queryset = Freeze.objects.none()
    may_keep = staticmethod(rules.keeps_calendar)

    def get_queryset(self):
        seen = Prefetch("services", Service.objects.visible_to(self.request.user), to_attr="seen_services")
        return Freeze.objects.visible_to(self.request.user).prefetch_related(seen, "classes", "teams")

    def keep(self, freeze, values):
        return services.keep_freeze(freeze, actor=self.request.user, **values)

    def discard(self, freeze):
        services.discard_freeze(freeze, actor=self.request.user)


class CollisionFilter(filters.FilterSet):
    state = WordsFilter(field_name="state", choices=Collision.State.choices, label="States, separated by commas.")
    change = filters.CharFilter(label="Number of a change that takes part.", method="of_change")

    class Meta:
        model = Collision
        fields: list[str] = []

    def of_change(self, rows, name, value):
        return rows.of(Change.objects.filter(number=value).values("pk"))


class CollisionViewSet(Resource):
    """Collisions of changes. They are found by the system whenever items, dates or the graph change."""

    serializer_class = CollisionSerializer
    filterset_class = CollisionFilter
    orderings = ("id", "found_at")
    default_ordering = "-found_at"
    queryset = Collision.objects.none()
    lookup_value_converter = "int"
    http_method_names = ["get", "head", "post"]

    def get_queryset(self):
        return Collision.objects.visible_to(self.request.user).select_related("first", "second", "accepted_by")

    @extend_schema(summary="List collisions")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read a collision")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        summary="Accept a collision", request=AcceptSerializer, responses=CollisionSerializer,
        description="Both may be done at once, for a reason. For change managers who manage both.",
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def accept(self, request, pk):
        given = AcceptSerializer(data=request.data, context=self.get_serializer_context())
        collision = self.get_object()
        given.is_valid(raise_exception=True)
        services.accept_collision(collision, actor=request.user, **given.validated_data)
        return Response(self.get_serializer(self.get_object()).data)


class FreeSlotView(SinglePage):
    """The next time at which a change fits: windows, freezes and collisions taken together."""

    serializer_class = SlotSerializer

    def declared_parameters(self):
        return {"after"}

    @extend_schema(
        summary="Find the next free time",
        description="As long as the change is planned for, within 90 days; nulls when there is none.",
        parameters=[OpenApiParameter("after", OpenApiTypes.DATETIME, description="Not before this time, or now.")],
    )  # fmt: skip
    def get(self, request, number):
        change = get_object_or_404(Change.objects.visible_to(request.user), number=number)
        after = clock.now()
        if "after" in request.query_params:
            try:
                after = max(after, DateTimeField().to_internal_value(request.query_params["after"]))
            except ValidationError as error:
                raise BadQuery({"after": [str(text) for text in error.detail]}) from None
        start, end = fitting.proposal(change, after=after) or (None, None)
        return Response(self.get_serializer({"start": start, "end": end}).data)
