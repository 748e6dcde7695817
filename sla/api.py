"""Clocks, agreements and calendars to read. Clocks belong to the engine, versions never change."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core import clock as wall
from core.api.views import Resource
from sla.filters import AgreementFilter, CalendarFilter, ClockFilter
from sla.models import Agreement, AgreementVersion, Calendar, CalendarVersion, Clock
from sla.selectors import chip_of
from sla.serializers import AgreementSerializer, CalendarSerializer, SlaClockSerializer


class ClockViewSet(Resource):
    """Clocks of the tickets one sees: what was promised to the customer; for the desk also shares of teams."""

    serializer_class = SlaClockSerializer
    filterset_class = ClockFilter
    queryset = Clock.objects.none()
    orderings = ("id", "due_at")
    default_ordering = "-id"
    lookup_value_converter = "int"

    def get_queryset(self):
        clocks = Clock.objects.visible_to(self.request.user)
        return clocks.select_related("ticket", "agreement__agreement", "calendar_version__calendar", "team", "supplier")

    def paginate_queryset(self, queryset):
        rows, now = super().paginate_queryset(queryset), wall.now()
        for clock in rows:
            clock.chip = chip_of(clock, now)
        return rows

    @extend_schema(summary="List clocks")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read a clock")
    def retrieve(self, request, pk):
        clock = self.get_object()
        clock.chip = chip_of(clock, wall.now())
        return Response(self.get_serializer(clock).data)


class AgreementViewSet(Resource):
    """Agreements: for people of the desk, and for whoever is named to sign one."""

    serializer_class = AgreementSerializer
    filterset_class = AgreementFilter
    queryset = Agreement.objects.none()
    orderings = ("id", "rank")
    default_ordering = "rank"
    lookup_value_converter = "int"

    def get_queryset(self):
        user = self.request.user
        versions = AgreementVersion.objects.visible_to(user).order_by("number").prefetch_related("targets__calendar")
        seen = Prefetch("versions", versions, to_attr="seen_versions")
        agreements = Agreement.objects.visible_to(user).select_related("customer", "team", "supplier")
        return agreements.prefetch_related(seen)

    @extend_schema(summary="List agreements")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read an agreement")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)


class CalendarViewSet(Resource):
    """Working calendars, for people of the desk."""

    serializer_class = CalendarSerializer
    filterset_class = CalendarFilter
    queryset = Calendar.objects.none()
    orderings = ("id", "slug")
    default_ordering = "slug"
    lookup_value_converter = "int"

    def get_queryset(self):
        if not self.request.user.is_staff_member:
            return Calendar.objects.none()
        newest = CalendarVersion.objects.order_by("calendar_id", "-number").distinct("calendar_id")
        return Calendar.objects.prefetch_related(Prefetch("versions", newest, to_attr="newest"))

    def paginate_queryset(self, queryset):
        return [_with_latest(calendar) for calendar in super().paginate_queryset(queryset)]

    @extend_schema(summary="List calendars")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read a calendar")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(_with_latest(self.get_object())).data)


def _with_latest(calendar):
    calendar.latest = calendar.newest[0] if calendar.newest else None
    return calendar
