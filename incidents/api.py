"""Incidents: what every ticket can, and reporting."""

import django_filters as filters
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import answer_once
from core.api.filtering import WordsFilter
from incidents import services
from incidents.models import Incident, MajorIncident
from incidents.selectors import major_of
from incidents.serializers import (
    DeskReportSerializer,
    FollowUpSerializer,
    IncidentSerializer,
    MajorSerializer,
    ReportSerializer,
)
from incidents.vocabulary import MajorState
from incidents.workflow import MAJOR
from sla.api import ShowsClocks
from tickets.api import TicketViewSet, TransitionViewSet
from tickets.api.base import IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, NUMBER, TicketResource
from tickets.api.ticket import RELATED
from tickets.forms import TransitionForm
from tickets.models import Channel
from tickets.serializers import TicketEditSerializer, TransitionSerializer

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


class MajorFilter(filters.FilterSet):
    state = WordsFilter(field_name="incident__major_state", choices=MajorState.choices, label="States.")

    class Meta:
        model = MajorIncident
        fields: list[str] = []


@extend_schema_view(
    list=extend_schema(summary="List major incidents", description="Also proposed and past ones; for the desk."),
    retrieve=extend_schema(summary="Read a major incident", parameters=[NUMBER]),
)
class MajorViewSet(TicketResource):
    """What many suffer from at once, beside its incident. It is moved on by its steps."""

    kind = "incident"
    serializer_class = MajorSerializer
    queryset = MajorIncident.objects.none()
    filterset_class = MajorFilter
    lookup_field = "number"
    lookup_value_converter = "str"
    orderings = ("incident",)
    default_ordering = "-incident"

    def get_queryset(self):
        visible = MajorIncident.objects.visible_to(self.request.user)
        return visible.select_related("incident", "commander").prefetch_related("services")

    def list(self, request):
        return self.page(self.get_queryset())

    def retrieve(self, request, number):
        major = self.get_queryset().filter(incident__number=self.number()).first()
        if major is None:
            raise Http404
        return Response(self.get_serializer(major).data)


@extend_schema_view(
    list=extend_schema(
        summary="List what you may do about a major incident now",
        description="For an ordinary incident: to propose or to declare it.",
        responses=TransitionSerializer(many=True),
    ),
    create=extend_schema(
        summary="Take a step of a major incident",
        description="Declaring opens outages of the services, standing down ends them.",
        responses=MajorSerializer,
        examples=[
            OpenApiExample(
                "Declare",
                {
                    "name": "declare",
                    "commander": 7,
                    "extent": "full",
                    "cadence": 30,
                    "bridge": "https://meet.example/1",
                },
                request_only=True,
            )
        ],
    ),
)
class MajorStepViewSet(TransitionViewSet):
    """The same table and the same service as the desk's command page."""

    def subject_of(self, ticket):
        return major_of(ticket.typed)

    def workflow_of(self, major):
        return MAJOR

    def take(self, major, name, *, fields, version):
        values = TransitionForm(MAJOR.get(name), major.incident, self.request.user, fields).values_or_refuse()
        moved = services.take_major(major.incident, name, actor=self.request.user, values=values)
        return moved, moved.incident.version

    def shape(self, major):
        return MajorSerializer(major, context=self.get_serializer_context()).data
