"""Clocks, agreements and calendars to read. Clocks belong to the engine, versions never change."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.response import Response

from core import clock as wall
from core.api.views import Resource
from sla.filters import AgreementFilter, CalendarFilter, ClockFilter
from sla.models import Agreement, AgreementVersion, Calendar, CalendarVersion, Clock
from sla.selectors import chip_of, chips_for
from sla.serializers import AgreementSerializer, CalendarSerializer, SlaClockSerializer


class ShowsClocks:
    """For views of tickets: the clocks of all rows at once."""

    def get_serializer(self, *args, **kwargs):
        rows = args[0] if args and isinstance(args[0], list) else args
        chips = chips_for(rows) if rows else {}
        kwargs["context"] = kwargs.get("context", self.get_serializer_context()) | {"chips": chips}
        return super().get_serializer(*args, **kwargs)


class _Reading(Resource):
    """A list, and one row by its key. `completed` adds to rows what the serializer reads beside their columns."""

    lookup_value_converter = "int"

    def completed(self, rows):
        return rows

    def paginate_queryset(self, queryset):
        return self.completed(super().paginate_queryset(queryset))

    def list(self, request):
        return self.page(self.get_queryset())

    def retrieve(self, request, pk):
        [row] = self.completed([self.get_object()])
        return Response(self.get_serializer(row).data)


def _summed_up(many, one):
    return extend_schema_view(list=extend_schema(summary=many), retrieve=extend_schema(summary=one))


@_summed_up("List clocks", "Read a clock")
class ClockViewSet(_Reading):
    """Clocks of the tickets one sees: what was promised to the customer; for the desk also shares of teams."""

    serializer_class = SlaClockSerializer
    filterset_class = ClockFilter
    queryset = Clock.objects.none()
    orderings = ("id", "due_at")
    default_ordering = "-id"

    def get_queryset(self):
        clocks = Clock.objects.visible_to(self.request.user)
        return clocks.select_related("ticket", "agreement__agreement", "calendar_version__calendar", "team", "supplier")

    def completed(self, rows):
        now = wall.now()
        for clock in rows:
            clock.chip = chip_of(clock, now)
        return rows


@_summed_up("List agreements", "Read an agreement")
class AgreementViewSet(_Reading):
    """Agreements: for people of the desk, and for whoever is named to sign one."""

    serializer_class = AgreementSerializer
    filterset_class = AgreementFilter
    queryset = Agreement.objects.none()
    orderings = ("id", "rank")
    default_ordering = "rank"

    def get_queryset(self):
        user = self.request.user
        versions = AgreementVersion.objects.visible_to(user).order_by("number").prefetch_related("targets__calendar")
        seen = Prefetch("versions", versions, to_attr="seen_versions")
        agreements = Agreement.objects.visible_to(user).select_related("customer", "team", "supplier")
        return agreements.prefetch_related(seen)


@_summed_up("List calendars", "Read a calendar")
class CalendarViewSet(_Reading):
    """Working calendars, for people of the desk."""

    serializer_class = CalendarSerializer
    filterset_class = CalendarFilter
    queryset = Calendar.objects.none()
    orderings = ("id", "slug")
    default_ordering = "slug"

    def get_queryset(self):
        if not self.request.user.is_staff_member:
            return Calendar.objects.none()
        newest = CalendarVersion.objects.order_by("calendar_id", "-number").distinct("calendar_id")
        return Calendar.objects.prefetch_related(Prefetch("versions", newest, to_attr="newest"))

    def completed(self, rows):
        for calendar in rows:
            calendar.latest = calendar.newest[0] if calendar.newest else None
        return rows
