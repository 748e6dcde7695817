"""Incidents: what every ticket can, and reporting."""

from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action

from accounts.idempotency import answer_once
from incidents import services
from incidents.models import Incident
from incidents.serializers import (
    DeskReportSerializer,
    FollowUpSerializer,
    IncidentSerializer,
    ReportSerializer,
)
from sla.api import ShowsClocks
from tickets.api import TicketViewSet, TransitionViewSet
from tickets.api.base import IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, NUMBER
from tickets.api.ticket import RELATED
from tickets.models import Channel
from tickets.serializers import TicketEditSerializer

_EXAMPLE = OpenApiExample(
    "A fault",
    {"title": "ERP 登录失败", "description": "点击登录没有反应", "service": 12, "impact": 2, "urgency": 1},
    request_only=True,
)


@extend_schema_view(
    list=extend_schema(summary="List incidents", description="Incidents you may see, newest first unless ordered."),
    retrieve=extend_schema(summary="Read an incident", parameters=[NUMBER, IF_NONE_MATCH]),
    create=extend_schema(
        summary="Report an incident",
        description="The priority follows from impact × urgency. Send files to its `attachments/` afterwards.",
        parameters=[IDEMPOTENCY_KEY],
        request=DeskReportSerializer,
        responses={201: IncidentSerializer},
        examples=[_EXAMPLE],
    ),
    partial_update=extend_schema(
        summary="Change properties of an incident",
        description="For people who work it. The state is changed by transitions, never here.",
        parameters=[NUMBER, IF_MATCH],
        request=TicketEditSerializer,
    ),
    nudge=extend_schema(
        summary="Urge whoever holds an incident",
        description="The requester or a manager, at most once in 30 minutes.",
        parameters=[NUMBER],
        request=None,
    ),
    follow_up=extend_schema(
        summary="Follow up on a closed incident",
        description="Opens a new incident linked to the closed one.",
        parameters=[NUMBER, IDEMPOTENCY_KEY],
        request=FollowUpSerializer,
        responses={201: IncidentSerializer},
    ),
)
class IncidentViewSet(ShowsClocks, TicketViewSet):
    model = Incident
    kind = "incident"
    serializer_class = IncidentSerializer
    queryset = Incident.objects.none()

    def get_queryset(self):
        visible = Incident.objects.visible_to(self.request.user)
        return visible.select_related(*RELATED, "escalated_from", "first_team").prefetch_related("affected_items")

    def create(self, request):
        shape = DeskReportSerializer if request.user.is_staff_member else ReportSerializer
        serializer = shape(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        said = {"channel": Channel.API, **serializer.validated_data}
        return answer_once(request, lambda: self._born(services.report_incident(actor=request.user, **said)))

    @action(detail=True, methods=["post"], url_path="follow-up")
    def follow_up(self, request, number):
        closed = self.found()
        serializer = FollowUpSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        said = serializer.validated_data
        return answer_once(request, lambda: self._born(services.follow_up(closed, actor=request.user, **said)))

    def _born(self, incident):
        self.kwargs["number"] = incident.number
        where = reverse("api:incident-detail", args=[incident.number])
        return self.shown(self.found(), status=201, headers={"Location": where})


@extend_schema_view(create=extend_schema(responses=IncidentSerializer))
class IncidentTransitionViewSet(TransitionViewSet):
    def shape(self, ticket):
        return IncidentSerializer(ticket, context=self.get_serializer_context()).data
