"""People and teams."""

from datetime import timedelta

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.fields import DateTimeField
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from accounts import services
from accounts.filters import AbsenceFilter, PersonFilter, TeamFilter
from accounts.idempotency import IDEMPOTENCY_KEY, answer_once
from accounts.models import Delegation, Team, User
from accounts.selectors.away import warnings_of
from accounts.selectors.coverage import coverage_of
from accounts.serializers import (
    AbsenceInputSerializer,
    AbsenceSerializer,
    ArrangedAbsenceSerializer,
    CoverageSerializer,
    MeSerializer,
    PersonSerializer,
    TeamSerializer,
)
from core import clock
from core.api.problems import BadQuery
from core.api.views import Resource

LONGEST = timedelta(days=62)


class BearerScheme(OpenApiAuthenticationExtension):
    """How the schema describes tokens."""

    target_class = "accounts.authentication.TokenAuthentication"
    name = "token"
    priority = 1

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "description": "A token from `manage.py token`."}


class UserViewSet(Resource):
    """People you may know: your organisation; for the desk everybody it serves."""

    serializer_class = PersonSerializer
    filterset_class = PersonFilter
    orderings = ("id", "name")
    default_ordering = "id"
    queryset = User.objects.none()
    lookup_value_converter = "int"

    def get_queryset(self):
        return User.objects.visible_to(self.request.user).select_related("organisation", "department")

    @extend_schema(summary="List people")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read a person")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(summary="Read oneself", responses=MeSerializer)
    @action(detail=False, serializer_class=MeSerializer)
    def me(self, request):
        return Response(self.get_serializer(request.user).data)


class TeamViewSet(Resource):
    """Teams of the desk, with their line and lead. Requesters meet them by name on tickets only."""

    serializer_class = TeamSerializer
    filterset_class = TeamFilter
    orderings = ("id", "line")
    default_ordering = "id"
    queryset = Team.objects.none()
    lookup_value_converter = "int"

    def get_queryset(self):
        return Team.objects.visible_to(self.request.user).select_related("lead", "parent")

    @extend_schema(summary="List teams")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read a team")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)

    def declared_parameters(self):
        return {"from", "until"} if self.action == "coverage" else super().declared_parameters()

    @extend_schema(
        summary="Read who of a team is there when",
        description="Shifts, calls and absences, and the times with nobody: of the coming week, or of at most 62 days.",
        parameters=[
            OpenApiParameter("from", OpenApiTypes.DATETIME, description="Left out: now."),
            OpenApiParameter("until", OpenApiTypes.DATETIME, description="Left out: seven days after `from`."),
        ],
        responses=CoverageSerializer,
    )
    @action(detail=True, serializer_class=CoverageSerializer)
    def coverage(self, request, pk):
        team = self.get_object()
        start = self._instant("from") or clock.now()
        end = self._instant("until") or start + timedelta(days=7)
        if not timedelta(0) < end - start <= LONGEST:
            raise BadQuery({"until": [_("Ask for a time after its beginning, of 62 days at most.")]})
        return Response(self.get_serializer(coverage_of(team, start, end)).data)

    def _instant(self, name):
        if name not in self.request.query_params:
            return None
        try:
            return DateTimeField().to_internal_value(self.request.query_params[name])
        except ValidationError as error:
            raise BadQuery({name: [str(text) for text in error.detail]}) from None


class AbsenceViewSet(Resource):
    """Absences: one's own, of people one manages, and those in which one stands in."""

    serializer_class = AbsenceSerializer
    filterset_class = AbsenceFilter
    orderings = ("id", "from_at")
    default_ordering = "-id"
    queryset = Delegation.objects.none()
    lookup_value_converter = "int"

    def get_queryset(self):
        return Delegation.objects.visible_to(self.request.user).select_related("person", "substitute")

    @extend_schema(summary="List absences")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read an absence")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        summary="Arrange an absence",
        description="One's own, as manager of the person theirs, or as administrator anybody's.",
        parameters=[IDEMPOTENCY_KEY],
        request=AbsenceInputSerializer,
        responses={201: ArrangedAbsenceSerializer},
    )
    def create(self, request):
        given = AbsenceInputSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        person = values.pop("person", request.user)

        def arrange():
            made = services.arrange_absence(person, actor=request.user, **values)
            made.open_points = warnings_of(made)
            return Response(ArrangedAbsenceSerializer(made, context=self.get_serializer_context()).data, status=201)

        return answer_once(request, arrange)

    @extend_schema(summary="End an absence", description="One ahead is removed; one that began ends now.")
    def destroy(self, request, pk):
        services.end_absence(self.get_object(), actor=request.user)
        return Response(status=204)
