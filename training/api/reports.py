"""What is missing, what hangs on one person, and what runs out: the report of gaps in figures and rows."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from accounts.models import Team
from core import clock
from core.api.problems import BadQuery
from core.api.views import SinglePage
from training.selectors.reports import report
from training.serializers import GapsSerializer


class GapsView(SinglePage):
    """As the page of gaps counts them today, of every team or of one; for the desk."""

    serializer_class = GapsSerializer

    def declared_parameters(self):
        return {"team"}

    @extend_schema(
        summary="Read what skills are missing",
        description="What teams need and nobody, one person, or several have, and what runs out within 30 days.",
        parameters=[OpenApiParameter("team", int, description="Id of a team in use; left out: every team.")],
    )
    def get(self, request):
        if not request.user.is_staff_member:
            raise PermissionDenied()
        team, asked = None, request.query_params.get("team")
        if asked is not None:
            if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
                raise BadQuery({"team": [_("Give the id as a whole number.")]})
            team = get_object_or_404(Team.objects.visible_to(request.user).active(), pk=asked)
        return Response(self.get_serializer(report(request.user, timezone.localdate(clock.now()), team)).data)
