"""Items, relations and classes. Items are for the desk to write; everybody reads what they may see."""

import django_filters as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import IDEMPOTENCY_KEY, answer_once
from cmdb import services
from cmdb.models import ConfigurationItem, ItemClass, Relation
from cmdb.serializers import (
    DisputeSerializer,
    ItemClassSerializer,
    ItemInputSerializer,
    ItemSerializer,
    MergeSerializer,
    NewItemSerializer,
    RelationInputSerializer,
    RelationSerializer,
    StepSerializer,
    VerifySerializer,
)
from core.api.filtering import IdFilter
from core.api.problems import PreconditionFailed
from core.api.views import Resource, version_from_header, versioned
from core.errors import Stale


class ItemFilter(filters.FilterSet):
    item_class = filters.CharFilter(label="Short name of a class; those below it count as well.", method="of_class")
    slug = filters.CharFilter(label="Short name.")
    state = filters.CharFilter(label="State of the life cycle.")
    environment = filters.CharFilter(label="Environment.")
    q = filters.CharFilter(label="Part of a name, serial number, tag or address.", method="holding")

    class Meta:
        model = ConfigurationItem
        fields: list[str] = []

    def of_class(self, rows, name, value):
        return rows.filter(item_class__in=ItemClass.below(value))

    def holding(self, rows, name, value):
        return rows.found(value)


class ItemViewSet(Resource):
    """Configuration items, services among them."""

    serializer_class = ItemSerializer
    filterset_class = ItemFilter
    orderings = ("id", "slug")
    default_ordering = "id"
    queryset = ConfigurationItem.objects.none()
    lookup_value_converter = "int"
    http_method_names = ["get", "head", "post", "patch"]

    def get_queryset(self):
        related = ("item_class", "owner", "used_by", "support_team")
        return ConfigurationItem.objects.visible_to(self.request.user).select_related(*related)

    @extend_schema(summary="List items")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read an item")
    def retrieve(self, request, pk):
        return self._shown(self.get_object())

    @extend_schema(
        summary="Create an item", request=NewItemSerializer, responses={201: ItemSerializer},
        parameters=[IDEMPOTENCY_KEY],
    )  # fmt: skip
    def create(self, request):
        given = NewItemSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)

        def make():
            made = services.create_item(actor=request.user, origin="api", **given.validated_data)
            return self._shown(self.get_queryset().get(pk=made.pk), status=201)

        return answer_once(request, make)

    @extend_schema(
        summary="Change an item", request=ItemInputSerializer, description="`If-Match` refuses what somebody overtook."
    )
    def partial_update(self, request, pk):
        item = self.get_object()
        given = ItemInputSerializer(data=request.data, context=self.get_serializer_context(), partial=True)
        given.is_valid(raise_exception=True)
        version = version_from_header(request)
        try:
            services.edit_item(item, actor=request.user, version=version, origin="api", **given.validated_data)
        except Stale as stale:
            raise PreconditionFailed(stale) from None
        return self._shown(self.get_object())

    @extend_schema(
        summary="Take a step of the life cycle", request=StepSerializer, responses=ItemSerializer,
        description="Retiring what live items depend on needs `accepted`: exactly these, by short name.",
        parameters=[IDEMPOTENCY_KEY],
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def step(self, request, pk):
        def take(item, version, name, **values):
            services.take_step(item, name, actor=request.user, values=values, version=version, origin="api")

        return self._done(request, StepSerializer, take)

    @extend_schema(
        summary="Confirm that a record is right", request=VerifySerializer, responses=ItemSerializer,
        description="Also for its owner. Ends a dispute.", parameters=[IDEMPOTENCY_KEY],
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def verify(self, request, pk):
        def verify(item, version, how):
            services.verify_item(item, actor=request.user, how=how, version=version)

        return self._done(request, VerifySerializer, verify)

    @extend_schema(
        summary="Say that a record is wrong", request=DisputeSerializer, responses=ItemSerializer,
        description="Also for its owner. It stays disputed until somebody confirms it.", parameters=[IDEMPOTENCY_KEY],
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def dispute(self, request, pk):
        def dispute(item, version, why):
            services.dispute_item(item, actor=request.user, why=why, version=version)

        return self._done(request, DisputeSerializer, dispute)

    @extend_schema(
        summary="Merge a duplicate into an item", request=MergeSerializer, responses=ItemSerializer,
        description="For managers. All that refers to `gone` moves to this item; `gone` is retired and points to it. "
        "It cannot be undone.",
        parameters=[IDEMPOTENCY_KEY],
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def merge(self, request, pk):
        def merge(item, version, gone, gone_version=None, **given):
            services.merge_items(item, gone, actor=request.user, versions=(version, gone_version), **given)

        return self._done(request, MergeSerializer, merge)

    def _done(self, request, shape, command):
        """One command on an item, once, at the version that `If-Match` names; answers the item as it is then."""
        item = self.get_object()
        given = shape(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        version = version_from_header(request)

        def act():
            try:
                command(item, version, **given.validated_data)
            except Stale as stale:
                raise PreconditionFailed(stale) from None
            return self._shown(self.get_object())

        return answer_once(request, act)

    def _shown(self, item, status=200):
        return versioned(self.request, self.get_serializer(item).data, item.version, status=status)


class RelationFilter(filters.FilterSet):
    source = IdFilter(field_name="source_id", label="Id of the item that the sentence begins with.")
    target = IdFilter(field_name="target_id", label="Id of the item that it ends with.")

    class Meta:
        model = Relation
        fields: list[str] = []


class RelationViewSet(Resource):
    """What stands between items: `source` <relation_type> `target`."""

    serializer_class = RelationSerializer
    filterset_class = RelationFilter
    orderings = ("id",)
    default_ordering = "id"
    queryset = Relation.objects.none()
    lookup_value_converter = "int"
    http_method_names = ["get", "head", "post", "delete"]

    def get_queryset(self):
        related = ("relation_type", "source", "target", "group")
        return Relation.objects.visible_to(self.request.user).select_related(*related)

    @extend_schema(summary="List relations")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read a relation")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        summary="Relate two items", request=RelationInputSerializer, responses={201: RelationSerializer},
        parameters=[IDEMPOTENCY_KEY],
    )  # fmt: skip
    def create(self, request):
        given = RelationInputSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)

        def make():
            made = services.relate(actor=request.user, origin="api", **given.validated_data)
            return Response(self.get_serializer(self.get_queryset().get(pk=made.pk)).data, status=201)

        return answer_once(request, make)

    @extend_schema(summary="Take a relation away")
    def destroy(self, request, pk):
        services.unrelate(self.get_object(), actor=request.user, origin="api")
        return Response(status=204)


class ItemClassViewSet(Resource):
    """Classes of items with their attributes. They are kept in the portal."""

    serializer_class = ItemClassSerializer
    orderings = ("id", "slug")
    default_ordering = "id"
    queryset = ItemClass.objects.none()
    lookup_value_converter = "int"
    http_method_names = ["get", "head"]

    def get_queryset(self):
        return ItemClass.objects.select_related("parent").prefetch_related("attributes")

    @extend_schema(summary="List classes of items")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read a class of items")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)
