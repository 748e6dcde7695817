"""Services, and how they stand: outages and announcements, which managers keep."""

import django_filters as filters
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.kept import Kept, described
from cmdb import rules, services
from cmdb.models import Announcement, Outage, Service
from cmdb.serializers import (
    AnnouncementInputSerializer,
    AnnouncementSerializer,
    OutageInputSerializer,
    OutageSerializer,
    ServiceSerializer,
)
from core.api.filtering import FlagFilter, IdFilter
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


class OutageFilter(filters.FilterSet):
    service = IdFilter(field_name="service_id", label="Id of the service.")
    is_open = FlagFilter(field_name="until_at", lookup_expr="isnull", label="Still going on.")

    class Meta:
        model = Outage
        fields: list[str] = []


@described(
    "an outage", "outages", OutageInputSerializer, OutageSerializer,
    "By hand, for managers. Outages of major incidents follow them and are refused here.",
)  # fmt: skip
@extend_schema_view(end=extend_schema(summary="End an outage now", description="For managers.", request=None))
class OutageViewSet(Kept):
    serializer_class, input_class = OutageSerializer, OutageInputSerializer
    filterset_class = OutageFilter
    orderings = ("id", "from_at")
    default_ordering = "-from_at"
    queryset = Outage.objects.none()
    may_keep = staticmethod(rules.keeps_announcements)

    def get_queryset(self):
        return Outage.objects.visible_to(self.request.user).select_related("service")

    def keep(self, outage, values):
        return services.keep_outage(outage, actor=self.request.user, **values)

    def discard(self, outage):
        services.discard_outage(outage, actor=self.request.user)

    @action(detail=True, methods=["post"])
    def end(self, request, pk):
        services.end_outage(self.get_object(), actor=request.user)
        return self.shown(pk)


@described(
    "an announcement", "announcements", AnnouncementInputSerializer, AnnouncementSerializer, "For managers."
)  # fmt: skip
class AnnouncementViewSet(Kept):
    serializer_class, input_class = AnnouncementSerializer, AnnouncementInputSerializer
    orderings = ("id", "from_at")
    default_ordering = "-from_at"
    queryset = Announcement.objects.none()
    may_keep = staticmethod(rules.keeps_announcements)

    def get_queryset(self):
        seen = Prefetch("services", Service.objects.visible_to(self.request.user), to_attr="seen_services")
        keys = Announcement.objects.visible_to(self.request.user).values("pk")
        return Announcement.objects.filter(pk__in=keys).select_related("organisation").prefetch_related(seen)

    def keep(self, announcement, values):
        if announcement.pk and "services" not in values:
            values["services"] = list(announcement.services.all())
        return services.announce(announcement, actor=self.request.user, **values)

    def discard(self, announcement):
        services.withdraw(announcement, actor=self.request.user)
