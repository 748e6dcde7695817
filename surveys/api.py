"""Surveys: one's own to answer; for the desk those of the tickets it serves, to read."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.views import Resource
from core.errors import NotAllowed
from surveys import services
from surveys.filters import SurveyFilter
from surveys.models import Survey
from surveys.serializers import AnswerSerializer, SurveySerializer


class SurveyViewSet(Resource):
    serializer_class = SurveySerializer
    filterset_class = SurveyFilter
    queryset = Survey.objects.none()
    orderings = ("id", "answered_at", "score")
    default_ordering = "-id"
    lookup_value_converter = "int"

    def get_queryset(self):
        return Survey.objects.visible_to(self.request.user).select_related("ticket", "recipient")

    @extend_schema(summary="List surveys")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read a survey")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        summary="Answer a survey",
        description="Its recipient only, until it expires; a second answer replaces the first.",
        request=AnswerSerializer,
        responses=SurveySerializer,
    )
    @action(detail=True, methods=["post"])
    def answer(self, request, pk):
        survey = self.get_object()
        if survey.recipient_id != request.user.pk:
            raise NotAllowed()
        serializer = AnswerSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        services.answer(survey, **serializer.validated_data)
        return Response(self.get_serializer(self.get_object()).data)
