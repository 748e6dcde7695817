"""Approvals and tasks of a ticket."""

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.response import Response

from tickets.api.base import NUMBER, BelowTicket
from tickets.models import ApprovalRound, ApprovalSlot, Task
from tickets.selectors.approving import with_votes
from tickets.serializers.work import (
    ApprovalSerializer,
    DecisionSerializer,
    TaskDoneSerializer,
    TaskSerializer,
    TaskSkippedSerializer,
    VoteSerializer,
)
from tickets.services import approving, tasks

VOTE = OpenApiParameter("pk", int, OpenApiParameter.PATH, description="Id of the vote.")
TASK = OpenApiParameter("pk", int, OpenApiParameter.PATH, description="Id of the task.")


@extend_schema_view(
    list=extend_schema(
        summary="List approvals", description="Every time of asking, with steps and votes.", parameters=[NUMBER]
    ),
)
class ApprovalViewSet(BelowTicket):
    serializer_class = ApprovalSerializer
    queryset = ApprovalRound.objects.none()
    orderings = ("id",)
    default_ordering = "-id"

    def get_queryset(self):
        if self.action == "decide":
            return ApprovalSlot.objects.filter(ticket=self.found_ticket().pk)
        return with_votes(ApprovalRound.objects.filter(ticket=self.found_ticket().pk))

    def list(self, request, number):
        return self.page(self.get_queryset())

    @extend_schema(
        summary="Approve or reject",
        description="For whoever was asked, and who stands in during their absence; never on one's own request.",
        parameters=[NUMBER, VOTE],
        request=DecisionSerializer,
        responses=VoteSerializer,
    )
    def decide(self, request, number, pk):
        slot = self.get_object()
        given = DecisionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        decided = approving.decide(slot, actor=request.user, **given.validated_data)
        return Response(VoteSerializer(decided, context=self.get_serializer_context()).data)


@extend_schema_view(
    list=extend_schema(
        summary="List tasks", description="For people who serve the ticket, or have a task.", parameters=[NUMBER]
    ),
)
class TaskViewSet(BelowTicket):
    serializer_class = TaskSerializer
    queryset = Task.objects.none()
    orderings = ("id",)

    def get_queryset(self):
        found = Task.objects.visible_to(self.request.user).filter(ticket=self.found_ticket().pk)
        return found.select_related("team", "assignee", "ended_by").prefetch_related("after")

    def list(self, request, number):
        return self.page(self.get_queryset())

    @extend_schema(
        summary="Finish a task", parameters=[NUMBER, TASK], request=TaskDoneSerializer, responses=TaskSerializer
    )
    def complete(self, request, number, pk):
        return self._ended(tasks.complete, TaskDoneSerializer)

    @extend_schema(
        summary="Skip a task", parameters=[NUMBER, TASK], request=TaskSkippedSerializer, responses=TaskSerializer
    )
    def skip(self, request, number, pk):
        return self._ended(tasks.skip, TaskSkippedSerializer)

    def _ended(self, command, serializer_class):
        task = self.get_object()
        given = serializer_class(data=self.request.data)
        given.is_valid(raise_exception=True)
        return Response(self.get_serializer(command(task, actor=self.request.user, **given.validated_data)).data)
