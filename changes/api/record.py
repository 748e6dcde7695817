"""Changes: what every ticket can, planning, assessing, and what is in the way."""

from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import answer_once
from changes import services
from changes.models import Change
from changes.serializers.record import (
    AnswersSerializer,
    AssessmentSerializer,
    ChangeRecordSerializer,
    ObstacleSerializer,
    OpenSerializer,
    PlanSerializer,
)
from changes.services.scheduling import obstacles
from sla.api import ShowsClocks
from tickets.api import TicketViewSet, TransitionViewSet
from tickets.api.base import IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, NUMBER
from tickets.api.ticket import RELATED
from tickets.models import Channel

_EXAMPLE = OpenApiExample(
    "A normal change",
    {
        "title": "Patch the first host of the cluster", "type": "normal", "affected_items": [7],
        "planned_start": "2026-12-05T14:00:00Z", "planned_end": "2026-12-05T16:00:00Z",
        "plan": "1. Drain it\n2. Patch it\n3. Put it back", "rollback_plan": "Restore the snapshot",
    },
    request_only=True,
)  # fmt: skip


@extend_schema_view(
    list=extend_schema(summary="List changes", description="Changes you may see, newest first unless ordered."),
    retrieve=extend_schema(summary="Read a change", parameters=[NUMBER, IF_NONE_MATCH]),
    create=extend_schema(
        summary="Write down a change",
        description="For people of the desk. It is a draft; what it lacks can follow.",
        parameters=[IDEMPOTENCY_KEY],
        request=OpenSerializer,
        responses={201: ChangeRecordSerializer},
        examples=[_EXAMPLE],
    ),
    partial_update=extend_schema(
        summary="Plan a change",
        description="Other items, dates or plans end the approvals given so far. The state is changed by transitions.",
        parameters=[NUMBER, IF_MATCH],
        request=PlanSerializer,
    ),
    nudge=extend_schema(
        summary="Urge whoever holds a change",
        description="The requester or a manager, at most once in 30 minutes.",
        parameters=[NUMBER],
        request=None,
    ),
    assess=extend_schema(
        summary="Assess the risk of a change",
        description="The answers give the likelihood, the graph of items the impact; their product is the score.",
        parameters=[NUMBER],
        request=AnswersSerializer,
        responses={201: AssessmentSerializer},
    ),
    obstacles=extend_schema(
        summary="List what keeps a change out of the calendar",
        parameters=[NUMBER],
        responses=ObstacleSerializer(many=True),
    ),
)
class ChangeViewSet(ShowsClocks, TicketViewSet):
    model = Change
    kind = "change"
    serializer_class = ChangeRecordSerializer
    queryset = Change.objects.none()

    def get_queryset(self):
        visible = Change.objects.visible_to(self.request.user).select_related(*RELATED, "implementer", "template")
        return visible.prefetch_related("affected_items", "assessments__made_by")

    def create(self, request):
        said = self._said(OpenSerializer)
        return answer_once(
            request, lambda: self._born(services.open_change(actor=request.user, channel=Channel.API, **said))
        )

    def partial_update(self, request, number):
        change = self.found()
        values = self._said(PlanSerializer)
        version = self.refuse_stale(change, values.pop("version", None))
        self.changing(lambda: services.plan_change(change, actor=request.user, values=values, version=version))
        return self.shown(self.found())

    @action(detail=True, methods=["post"])
    def assess(self, request, number):
        made = services.assess(self.found(), actor=request.user, **self._said(AnswersSerializer))
        return Response(AssessmentSerializer(made, context=self.get_serializer_context()).data, status=201)

    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def obstacles(self, request, number):
        return Response(ObstacleSerializer(obstacles(self.found()), many=True).data)

    def _said(self, shape) -> dict:
        serializer = shape(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _born(self, change):
        self.kwargs["number"] = change.number
        where = reverse("api:change-detail", args=[change.number])
        return self.shown(self.found(), status=201, headers={"Location": where})


@extend_schema_view(create=extend_schema(responses=ChangeRecordSerializer))
class ChangeTransitionViewSet(TransitionViewSet):
    def shape(self, ticket):
        return ChangeRecordSerializer(ticket, context=self.get_serializer_context()).data
