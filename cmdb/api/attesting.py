"""Records that wait for the word of whoever is asked: the owner of each item at the moment."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import IDEMPOTENCY_KEY, answer_once
from cmdb import services
from cmdb.models import Attestation
from cmdb.serializers import AnsweredSerializer, HandOverSerializer, ObjectionSerializer, RecordSerializer
from core.api.views import Resource

ITEM = ("item_class", "owner", "used_by", "support_team")


class RecordViewSet(Resource):
    """What I am asked to confirm. An answered record leaves the list."""

    serializer_class = RecordSerializer
    orderings = ("id",)
    default_ordering = "id"
    queryset = Attestation.objects.none()
    lookup_value_converter = "int"
    http_method_names = ["get", "head", "post"]

    def get_queryset(self):
        related = ("campaign", *(f"item__{name}" for name in ITEM))
        return Attestation.objects.visible_to(self.request.user).owed_by(self.request.user).select_related(*related)

    @extend_schema(summary="List my records to confirm")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read a record to confirm")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        summary="Confirm a record", request=None, responses=AnsweredSerializer, parameters=[IDEMPOTENCY_KEY],
        description="It is right: the item is verified.",
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def confirm(self, request, pk):
        return self._answer(None, lambda record: bool(services.confirm_records([record], actor=request.user)))

    @extend_schema(
        summary="Say what is wrong with a record", request=ObjectionSerializer, responses=AnsweredSerializer,
        description="The item is disputed until somebody verifies it.", parameters=[IDEMPOTENCY_KEY],
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def correct(self, request, pk):
        return self._answer(
            ObjectionSerializer, lambda record, **given: services.object_to_record(record, actor=request.user, **given)
        )

    @extend_schema(
        summary="Hand a record over", request=HandOverSerializer, responses=AnsweredSerializer,
        description="The item is somebody else's, who owns it and is asked from now on.", parameters=[IDEMPOTENCY_KEY],
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request, pk):
        return self._answer(
            HandOverSerializer, lambda record, **given: services.hand_over_record(record, actor=request.user, **given)
        )

    def _answer(self, shape, command):
        def answer():
            record, values = self.get_object(), {}
            if shape is not None:
                given = shape(data=self.request.data, context=self.get_serializer_context())
                given.is_valid(raise_exception=True)
                values = given.validated_data
            return Response(AnsweredSerializer({"done": command(record, **values)}).data)

        return answer_once(self.request, answer)
