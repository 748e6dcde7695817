"""Files of an item: for the desk to keep and to read."""

from django.db import transaction
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from accounts.idempotency import IDEMPOTENCY_KEY, answer_once
from cmdb import services
from cmdb.models import ConfigurationItem, ItemFile
from cmdb.serializers import FileSerializer, FilesSerializer
from core.api.parsing import BoundedJSONParser
from core.api.views import Resource
from core.downloads import served

ITEM = OpenApiParameter("item", int, OpenApiParameter.PATH, description="Id of the item.")
ID = OpenApiParameter("pk", int, OpenApiParameter.PATH, description="Its id.")


@extend_schema_view(
    list=extend_schema(summary="List files of an item", description="Oldest first.", parameters=[ITEM]),
    retrieve=extend_schema(summary="Read about a file of an item", parameters=[ITEM, ID]),
    destroy=extend_schema(summary="Take a file of an item away", parameters=[ITEM, ID]),
    create=extend_schema(
        summary="Keep files with an item",
        description="`multipart/form-data`: parts named `files`, all or none. Programs are refused, images re-encoded.",
        parameters=[ITEM, IDEMPOTENCY_KEY],
        request={"multipart/form-data": FilesSerializer},
        responses={201: FileSerializer(many=True)},
    ),
)
class ItemFileViewSet(Resource):
    serializer_class = FileSerializer
    queryset = ItemFile.objects.none()
    orderings = ("id",)
    default_ordering = "id"

    def get_parsers(self):
        return [MultiPartParser()] if self.request and self.request.method == "POST" else [BoundedJSONParser()]

    def get_queryset(self):
        rows = ItemFile.objects.visible_to(self.request.user).filter(item=self._item())
        return rows.select_related("uploaded_by", "item")

    def list(self, request, item):
        return self.page(self.get_queryset())

    def retrieve(self, request, item, pk):
        return Response(self.get_serializer(self.get_object()).data)

    def create(self, request, item):
        given = FilesSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return answer_once(request, lambda: self._keep(given.validated_data["files"]))

    def destroy(self, request, item, pk):
        services.remove_file(self.get_object(), actor=request.user)
        return Response(status=204)

    @extend_schema(
        summary="Download a file of an item", parameters=[ITEM, ID],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )  # fmt: skip
    def content(self, request, item, pk):
        found = self.get_queryset().filter(pk=pk).first()
        if found is None:
            raise Http404
        return served(found)

    def _item(self):
        found = ConfigurationItem.objects.visible_to(self.request.user).filter(pk=self.kwargs["item"]).first()
        if found is None:
            raise Http404
        return found

    @transaction.atomic
    def _keep(self, uploads):
        item = self._item()
        kept = [services.add_file(item, upload, actor=self.request.user).pk for upload in uploads]
        return Response(self.get_serializer(self.get_queryset().filter(pk__in=kept), many=True).data, 201)
