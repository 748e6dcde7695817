"""Problems: what every ticket can, and describing what is known."""

from django.urls import reverse
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import answer_once
from problems import services
from problems.models import Problem
from problems.serializers.record import (
    AcceptanceSerializer,
    AddTaskSerializer,
    AskRiskSerializer,
    DescribeSerializer,
    DuplicateSerializer,
    IncidentSerializer,
    ProblemRecordSerializer,
    RaiseSerializer,
)
from sla.api import ShowsClocks
from tickets.api import TicketViewSet, TransitionViewSet
from tickets.api.base import IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, NUMBER
from tickets.api.ticket import RELATED
from tickets.models import Channel
from tickets.serializers.work import TaskSerializer

_EXAMPLE = OpenApiExample(
    "A problem behind several incidents",
    {"title": "The core switch restarts", "affected_items": [7], "impact": 1, "urgency": 2},
    request_only=True,
)


@extend_schema_view(
    list=extend_schema(summary="List problems", description="Problems you may see, newest first unless ordered."),
    retrieve=extend_schema(summary="Read a problem", parameters=[NUMBER, IF_NONE_MATCH]),
    create=extend_schema(
        summary="Write down a problem",
        description="For people of the desk. What is not known yet can follow.",
        parameters=[IDEMPOTENCY_KEY],
        request=RaiseSerializer,
        responses={201: ProblemRecordSerializer},
        examples=[_EXAMPLE],
    ),
    partial_update=extend_schema(
        summary="Describe a problem",
        description="Cause, workaround, items and people. The state is changed by transitions.",
        parameters=[NUMBER, IF_MATCH],
        request=DescribeSerializer,
    ),
    nudge=extend_schema(
        summary="Urge whoever holds a problem",
        description="Whoever raised it or a manager, at most once in 30 minutes.",
        parameters=[NUMBER],
        request=None,
    ),
    duplicate=extend_schema(
        summary="Close a problem as a duplicate",
        description="Incidents and changes that are linked with it are linked with the other one from then on.",
        parameters=[NUMBER],
        request=DuplicateSerializer,
    ),
    accept_risk=extend_schema(
        summary="Ask to accept the risk of a known error",
        description="Somebody else decides; accepted, it is closed until the day of its review.",
        parameters=[NUMBER],
        request=AskRiskSerializer,
        responses={201: AcceptanceSerializer},
    ),
    add_task=extend_schema(
        summary="Add a task to a problem",
        description="For whoever investigates it; without a team and a person it is for the problem's team.",
        parameters=[NUMBER],
        request=AddTaskSerializer,
        responses={201: TaskSerializer},
    ),
    publish=extend_schema(
        summary="Publish the workaround of a known error",
        description="Every linked open incident is answered with it, and an article is drafted.",
        parameters=[NUMBER],
        request=None,
    ),
    incidents=extend_schema(
        summary="Link an incident with its problem",
        description="Where the workaround was published, the incident is answered with it.",
        parameters=[NUMBER],
        request=IncidentSerializer,
    ),
)
class ProblemViewSet(ShowsClocks, TicketViewSet):
    model = Problem
    kind = "problem"
    serializer_class = ProblemRecordSerializer
    queryset = Problem.objects.none()

    def get_queryset(self):
        visible = Problem.objects.visible_to(self.request.user).select_related(*RELATED)
        return visible.prefetch_related("affected_items")

    def create(self, request):
        said = self._said(RaiseSerializer)
        return answer_once(
            request, lambda: self._born(services.open_problem(actor=request.user, channel=Channel.API, **said))
        )

    def partial_update(self, request, number):
        problem = self.found()
        values = self._said(DescribeSerializer)
        version = self.refuse_stale(problem, values.pop("version", None))
        self.changing(lambda: services.describe(problem, actor=request.user, values=values, version=version))
        return self.shown(self.found())

    @action(detail=True, methods=["post"])
    def duplicate(self, request, number):
        services.close_as_duplicate(self.found(), actor=request.user, **self._said(DuplicateSerializer))
        return self.shown(self.found())

    @action(detail=True, methods=["post"], url_path="accept-risk")
    def accept_risk(self, request, number):
        made = services.ask_acceptance(self.found(), actor=request.user, **self._said(AskRiskSerializer))
        return Response(AcceptanceSerializer(made, context=self.get_serializer_context()).data, status=201)

    @action(detail=True, methods=["post"], url_path="add-task")
    def add_task(self, request, number):
        task = services.add_task(self.found(), actor=request.user, **self._said(AddTaskSerializer))
        return Response(TaskSerializer(task, context=self.get_serializer_context()).data, status=201)

    @action(detail=True, methods=["post"])
    def publish(self, request, number):
        services.publish_workaround(self.found(), actor=request.user, language=get_language() or "")
        return self.shown(self.found())

    @action(detail=True, methods=["post"])
    def incidents(self, request, number):
        services.link_incident(self.found(), actor=request.user, **self._said(IncidentSerializer))
        return self.shown(self.found())

    def _said(self, shape) -> dict:
        serializer = shape(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _born(self, problem):
        self.kwargs["number"] = problem.number
        where = reverse("api:problem-detail", args=[problem.number])
        return self.shown(self.found(), status=201, headers={"Location": where})


@extend_schema_view(create=extend_schema(responses=ProblemRecordSerializer))
class ProblemTransitionViewSet(TransitionViewSet):
    def shape(self, ticket):
        return ProblemRecordSerializer(ticket, context=self.get_serializer_context()).data
