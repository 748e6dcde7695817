"""People and teams."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.filters import PersonFilter, TeamFilter
from accounts.models import Team, User
from accounts.serializers import MeSerializer, PersonSerializer, TeamSerializer
from core.api.views import Resource


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
