"""The time people spent on a ticket, for the desk."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.response import Response

from accounts.idempotency import answer_once
from tickets import services
from tickets.api.base import IDEMPOTENCY_KEY, NUMBER, BelowTicket
from tickets.models import TimeEntry
from tickets.serializers.timekeeping import NewTimeEntrySerializer, TimeEntrySerializer


@extend_schema_view(
    list=extend_schema(summary="List the time spent", description="Oldest first; for the desk.", parameters=[NUMBER]),
    create=extend_schema(
        summary="Record one's own time, in minutes",
        parameters=[NUMBER, IDEMPOTENCY_KEY],
        request=NewTimeEntrySerializer,
        responses={201: TimeEntrySerializer},
    ),
    destroy=extend_schema(
        summary="Take back one's own time",
        parameters=[NUMBER, OpenApiParameter("pk", int, OpenApiParameter.PATH, description="Its id.")],
    ),
)
class TimeEntryViewSet(BelowTicket):
    serializer_class = TimeEntrySerializer
    queryset = TimeEntry.objects.none()
    orderings = ("id",)

    def get_queryset(self):
        visible = TimeEntry.objects.visible_to(self.request.user).filter(ticket=self.found_ticket())
        return visible.select_related("person", "ticket")

    def list(self, request, number):
        return self.page(self.get_queryset())

    def create(self, request, number):
        ticket = self.found_ticket()
        serializer = NewTimeEntrySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return answer_once(request, lambda: self._record(ticket, **serializer.validated_data))

    def destroy(self, request, number, pk):
        entry = self.get_queryset().filter(pk=pk).first()
        if entry is None:
            raise Http404
        services.remove_time(entry, actor=request.user)
        return Response(status=204)

    def _record(self, ticket, *, minutes, note):
        entry = services.log_time(ticket, actor=self.request.user, minutes=minutes, note=note)
        return Response(self.get_serializer(entry).data, 201)
