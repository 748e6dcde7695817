"""Tickets of any kind: list, read, change, urge."""

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action

from core.api.problems import PreconditionFailed
from core.api.views import version_from_header, versioned
from core.errors import Stale
from tickets import services
from tickets.api.base import IF_MATCH, IF_NONE_MATCH, NUMBER, TicketResource
from tickets.filters import TicketFilter
from tickets.models import Ticket
from tickets.serializers import TicketEditSerializer, TicketSerializer

RELATED = ("requester", "opened_by", "organisation", "service", "category", "team", "assignee", "parent")


@extend_schema_view(
    list=extend_schema(summary="List tickets", description="Tickets you may see, newest first unless ordered."),
    retrieve=extend_schema(summary="Read a ticket", parameters=[NUMBER, IF_NONE_MATCH]),
    partial_update=extend_schema(
        summary="Change properties of a ticket",
        description="For people who work it. The state is changed by transitions, never here.",
        parameters=[NUMBER, IF_MATCH],
        request=TicketEditSerializer,
    ),
    nudge=extend_schema(
        summary="Urge whoever holds a ticket",
        description="The requester or a manager, at most once in 30 minutes.",
        parameters=[NUMBER],
        request=None,
    ),
)
class TicketViewSet(TicketResource):
    model = Ticket
    serializer_class = TicketSerializer
    filterset_class = TicketFilter
    queryset = Ticket.objects.none()
    lookup_field = "number"
    lookup_value_converter = "str"
    orderings = ("id", "created_at", "last_activity_at", "priority", "due_at", "resolved_at")
    default_ordering = "-id"
    http_method_names = ["get", "head", "post", "patch"]

    def get_queryset(self):
        visible = self.model.objects.visible_to(self.request.user)
        return visible.select_related(*RELATED).prefetch_related("affected_items")

    def list(self, request):
        return self.page(self.get_queryset())

    def retrieve(self, request, number):
        return self.shown(self.found())

    def partial_update(self, request, number):
        ticket = self.found()
        serializer = TicketEditSerializer(data=request.data, partial=True, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        changes = dict(serializer.validated_data)
        version = self.refuse_stale(ticket, changes.pop("version", None))
        self.changing(lambda: services.edit(ticket, actor=request.user, changes=changes, version=version))
        return self.shown(self.found())

    @action(detail=True, methods=["post"])
    def nudge(self, request, number):
        services.nudge(self.found(), actor=request.user)
        return self.shown(self.found())

    def found(self):
        ticket = self.get_queryset().filter(number=self.number()).first()
        if ticket is None:
            raise Http404
        self.subject = ticket
        return ticket

    def changing(self, command):
        """Run a command; one that lost the race after our own look is a 412 when `If-Match` named the version."""
        try:
            return command()
        except Stale as stale:
            if version_from_header(self.request) is not None:
                raise PreconditionFailed(stale) from None
            raise

    def shown(self, ticket, *, status=200, headers=None):
        return versioned(
            self.request, self.get_serializer(ticket).data, ticket.version, status=status, headers=headers
        )  # fmt: skip
