"""Services."""

import django_filters as filters
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from cmdb.models import Service
from cmdb.serializers import ServiceSerializer
from core.api.filtering import FlagFilter
from core.api.views import Resource


class ServiceFilter(filters.FilterSet):
    is_offered = FlagFilter(label="Offered in the portal.")
    is_active = FlagFilter(label="In use.")

    class Meta:
        model = Service
        fields: list[str] = []


class ServiceViewSet(Resource):
    """What people are offered: what a ticket is about."""

    serializer_class = ServiceSerializer
    filterset_class = ServiceFilter
    orderings = ("id", "position", "criticality")
    default_ordering = "position"
    queryset = Service.objects.none()
    lookup_value_converter = "int"

    def get_queryset(self):
        return Service.objects.visible_to(self.request.user).select_related("support_team")

    @extend_schema(summary="List services")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read a service")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)
