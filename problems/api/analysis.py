"""Root cause analyses of a problem: reading, beginning, importing and saving them."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.response import Response

from accounts.idempotency import IDEMPOTENCY_KEY, answer_once
from problems import services
from problems.models import Analysis, Problem
from problems.serializers.analysis import AnalysisSerializer, BeginSerializer, RemoveSerializer, SaveSerializer
from tickets.api.base import NUMBER, BelowTicket

ANALYSIS = OpenApiParameter("pk", int, OpenApiParameter.PATH, description="Id of the analysis.")


@extend_schema_view(
    list=extend_schema(
        summary="List root cause analyses", description="Each with its whole tree.", parameters=[NUMBER]
    ),
    retrieve=extend_schema(
        summary="Read a root cause analysis",
        description="`tree` is what an exported file holds.",
        parameters=[NUMBER, ANALYSIS],
    ),
)
class AnalysisViewSet(BelowTicket):
    serializer_class = AnalysisSerializer
    queryset = Analysis.objects.none()
    orderings = ("id",)
    default_ordering = "id"
    kind = "problem"

    def get_queryset(self):
        visible = Analysis.objects.visible_to(self.request.user).filter(problem=self.found_ticket().pk).kept()
        return visible.select_related("changed_by")

    def list(self, request, number):
        return self.page(self.get_queryset())

    def retrieve(self, request, number, pk):
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        summary="Begin or import a root cause analysis",
        description="With `tree` the import of an exported one, as it is. For whoever investigates the problem.",
        parameters=[NUMBER, IDEMPOTENCY_KEY],
        request=BeginSerializer,
        responses={201: AnalysisSerializer},
    )
    def create(self, request, number):
        problem = Problem.objects.get(pk=self.found_ticket().pk)
        given = self._given(BeginSerializer)
        if (tree := given.get("tree")) is not None:
            given = {"method": tree.method, "tree": tree}
        return answer_once(
            request, lambda: self._shown(services.begin_analysis(problem, actor=request.user, **given), status=201)
        )

    @extend_schema(
        summary="Save a root cause analysis",
        description=(
            "What others changed since `version` stays where it concerns other causes; where both changed the same, "
            "nothing is saved and 409 lists the clashes."
        ),
        parameters=[NUMBER, ANALYSIS],
        request=SaveSerializer,
        responses=AnalysisSerializer,
    )
    def update(self, request, number, pk):
        return self._shown(services.save_tree(self.get_object(), actor=request.user, **self._given(SaveSerializer)))

    @extend_schema(
        summary="Remove a root cause analysis",
        description="It is no longer listed and its cause no longer counts; nothing of it is deleted, its tasks stay.",
        parameters=[NUMBER, ANALYSIS],
        request=RemoveSerializer,
        responses=AnalysisSerializer,
    )
    def remove(self, request, number, pk):
        given = self._given(RemoveSerializer)
        return self._shown(services.remove_analysis(self._found(pk), actor=request.user, **given))

    @extend_schema(
        summary="Bring a removed root cause analysis back",
        parameters=[NUMBER, ANALYSIS],
        request=None,
        responses=AnalysisSerializer,
    )
    def restore(self, request, number, pk):
        return self._shown(services.restore_analysis(self._found(pk), actor=request.user))

    def _found(self, pk):
        """Also one that was removed."""
        visible = Analysis.objects.visible_to(self.request.user)
        return get_object_or_404(visible.filter(problem=self.found_ticket().pk), pk=pk)

    def _given(self, shape) -> dict:
        given = shape(data=self.request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def _shown(self, analysis, status=200):
        return Response(self.get_serializer(analysis).data, status=status)
