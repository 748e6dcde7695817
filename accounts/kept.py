"""The shape of resources in the API that many read and a few keep."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.response import Response

from accounts.idempotency import IDEMPOTENCY_KEY, answer_once
from core.api.views import Resource
from core.errors import NotAllowed


class Kept(Resource):
    """Read by all who see it, written by those for whom `may_keep(user)` holds.

    `input_class` is the shape of what is written; `keep(row, values)` and `discard(row)` are the commands.
    """

    lookup_value_converter = "int"
    http_method_names = ["get", "head", "post", "patch", "delete"]

    def list(self, request):
        return self.page(self.get_queryset())

    def retrieve(self, request, pk):
        return self.shown(pk)

    def create(self, request):
        values = self._values(partial=False)
        return answer_once(request, lambda: self.shown(self.keep(self.queryset.model(), values).pk, status=201))

    def partial_update(self, request, pk):
        row = self.get_object()
        self.keep(row, self._values(partial=True))
        return self.shown(pk)

    def destroy(self, request, pk):
        self.discard(self.get_object())
        return Response(status=204)

    def shown(self, pk, *, status=200):
        self.kwargs["pk"] = pk
        return Response(self.get_serializer(self.get_object()).data, status)

    def _values(self, *, partial):
        if not self.may_keep(self.request.user):
            raise NotAllowed()
        serializer = self.input_class(data=self.request.data, partial=partial, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


def described(one, many, shape, read, description):
    """The words of a kept resource in the description of the API."""
    return extend_schema_view(
        list=extend_schema(summary=f"List {many}"),
        retrieve=extend_schema(summary=f"Read {one}"),
        create=extend_schema(
            summary=f"Write {one}",
            description=description,
            parameters=[IDEMPOTENCY_KEY],
            request=shape,
            responses={201: read},
        ),
        partial_update=extend_schema(summary=f"Change {one}", description=description, request=shape),
        destroy=extend_schema(summary=f"Take back {one}", description=description),
    )
