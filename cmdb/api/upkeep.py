"""What keeps the records right: pairs that may be one thing."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import IDEMPOTENCY_KEY, answer_once
from cmdb import services
from cmdb.models import Duplicate
from cmdb.selectors import duplicates
from cmdb.serializers import ApartSerializer, DuplicateSerializer
from core.api.views import Resource


class DuplicateViewSet(Resource):
    """Items in use that may have been recorded twice, looked for once an hour. For the desk."""

    serializer_class = DuplicateSerializer
    orderings = ("id",)
    default_ordering = "id"
    queryset = Duplicate.objects.none()
    lookup_value_converter = "int"
    http_method_names = ["get", "head", "post"]

    def get_queryset(self):
        return duplicates.proposed(self.request.user)

    @extend_schema(summary="List possible duplicates")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read a possible duplicate")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        summary="Say that they are two", request=ApartSerializer, responses=DuplicateSerializer,
        description="They are never proposed again. To make one of them, merge one item into the other.",
        parameters=[IDEMPOTENCY_KEY],
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def apart(self, request, pk):
        def tell():
            given = ApartSerializer(data=request.data)
            given.is_valid(raise_exception=True)
            one = services.tell_apart(self.get_object(), actor=request.user, **given.validated_data)
            return Response(self.get_serializer(one).data)

        return answer_once(request, tell)
