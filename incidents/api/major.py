"""Major incidents: how they stand and are arranged, their steps, the news that went out, the lines of their log."""

import django_filters as filters
from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.response import Response

from accounts.idempotency import answer_once
from core.api.filtering import WordsFilter
from core.api.problems import PreconditionFailed
from core.api.views import version_from_header, versioned
from core.errors import Stale
from events.models import Event
from incidents import selectors, services
from incidents.models import MajorIncident, MajorUpdate
from incidents.serializers import (
    ArrangeSerializer,
    MajorNoteSerializer,
    MajorSerializer,
    MajorUpdateSerializer,
    NewMajorNoteSerializer,
    NewMajorUpdateSerializer,
)
from incidents.vocabulary import MajorState
from incidents.workflow import MAJOR
from tickets.api import TransitionViewSet
from tickets.api.base import IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, NUMBER, BelowTicket, TicketResource
from tickets.forms import TransitionForm
from tickets.serializers import TransitionSerializer


class MajorFilter(filters.FilterSet):
    state = WordsFilter(field_name="incident__major_state", choices=MajorState.choices, label="States.")

    class Meta:
        model = MajorIncident
        fields: list[str] = []


class OfMajor:
    """Finds the row beside the incident in the address, as far as the reader may see it."""

    kind = "incident"

    def visible_majors(self):
        visible = MajorIncident.objects.visible_to(self.request.user)
        return visible.select_related("incident", "commander").prefetch_related("services")

    def found_major(self):
        """Not visible is the same as absent; so is an incident that was never proposed."""
        major = self.visible_majors().filter(incident__number=self.number()).first()
        if major is None:
            raise Http404
        self.subject = major.incident
        return major


@extend_schema_view(
    list=extend_schema(summary="List major incidents", description="Also proposed and past ones; for the desk."),
    retrieve=extend_schema(summary="Read a major incident", parameters=[NUMBER, IF_NONE_MATCH]),
    partial_update=extend_schema(
        summary="Arrange a major incident",
        description=(
            "Commander, bridge, rhythm of news and affected services, while it is declared; what is left out stays. "
            "For whoever leads it. With another `cadence` the next update is owed so many minutes from now; outages "
            "of services that come or go begin or end with it."
        ),
        parameters=[NUMBER, IF_MATCH],
        request=ArrangeSerializer,
    ),
)
class MajorViewSet(OfMajor, TicketResource):
    """What many suffer from at once, beside its incident. It is moved on by its steps."""

    serializer_class = MajorSerializer
    queryset = MajorIncident.objects.none()
    filterset_class = MajorFilter
    lookup_field = "number"
    lookup_value_converter = "str"
    orderings = ("incident",)
    default_ordering = "-incident"
    http_method_names = ["get", "head", "patch"]

    def list(self, request):
        return self.page(self.visible_majors())

    def retrieve(self, request, number):
        return self.shown(self.found_major())

    def partial_update(self, request, number):
        major = self.found_major()
        context = self.get_serializer_context() | {"major": major}
        serializer = ArrangeSerializer(data=request.data, partial=True, context=context)
        serializer.is_valid(raise_exception=True)
        changes = dict(serializer.validated_data)
        version = self.refuse_stale(major.incident, changes.pop("version", None))
        names = ("commander", "bridge", "cadence", "extent")
        as_it_is = {name: getattr(major, name) for name in names} | {"services": list(major.services.all())}
        try:
            services.arrange_major(major.incident, actor=request.user, version=version, **(as_it_is | changes))
        except Stale as stale:
            if version_from_header(request) is not None:
                raise PreconditionFailed(stale) from None
            raise
        return self.shown(self.found_major())

    def shown(self, major):
        return versioned(self.request, self.get_serializer(major).data, major.incident.version)


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
        return selectors.major_of(ticket.typed)

    def workflow_of(self, major):
        return MAJOR

    def take(self, major, name, *, fields, version):
        values = TransitionForm(MAJOR.get(name), major.incident, self.request.user, fields).values_or_refuse()
        moved = services.take_major(major.incident, name, actor=self.request.user, values=values)
        return moved, moved.incident.version

    def shape(self, major):
        return MajorSerializer(major, context=self.get_serializer_context()).data


@extend_schema_view(
    list=extend_schema(
        summary="List the updates of a major incident", description="Oldest first.", parameters=[NUMBER]
    ),
    create=extend_schema(
        summary="Post an update",
        description=(
            "For users (`public`), the desk or managers, in at least one language. Users are told on every report "
            "below it; the next update is then owed one `cadence` later. For whoever leads it or works the incident."
        ),
        parameters=[NUMBER, IDEMPOTENCY_KEY],
        request=NewMajorUpdateSerializer,
        responses={201: MajorUpdateSerializer},
    ),
)
class MajorUpdateViewSet(OfMajor, BelowTicket):
    serializer_class = MajorUpdateSerializer
    queryset = MajorUpdate.objects.none()
    orderings = ("id",)

    def list(self, request, number):
        return self.page(self.found_major().updates.select_related("author"))

    def create(self, request, number):
        incident = self.found_major().incident
        serializer = NewMajorUpdateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return answer_once(request, lambda: self._post(incident, **serializer.validated_data))

    def _post(self, incident, **said):
        made = services.post_update(incident, actor=self.request.user, **said)
        return Response(self.get_serializer(made).data, 201)


@extend_schema_view(
    list=extend_schema(
        summary="List the notes of a major incident",
        description="Lines written into its timeline by hand, oldest first. The whole timeline is the incident's.",
        parameters=[NUMBER],
    ),
    create=extend_schema(
        summary="Write a note into the timeline",
        description="Only the desk reads it. For whoever leads it or works the incident.",
        parameters=[NUMBER, IDEMPOTENCY_KEY],
        request=NewMajorNoteSerializer,
        responses={201: MajorNoteSerializer},
    ),
)
class MajorNoteViewSet(OfMajor, BelowTicket):
    serializer_class = MajorNoteSerializer
    queryset = Event.objects.none()
    orderings = ("id",)

    def list(self, request, number):
        return self.page(selectors.notes_of(self.found_major().incident))

    def create(self, request, number):
        incident = self.found_major().incident
        serializer = NewMajorNoteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return answer_once(request, lambda: self._note(incident, **serializer.validated_data))

    def _note(self, incident, *, text):
        noted = services.note_on_major(incident, actor=self.request.user, text=text)
        return Response(self.get_serializer(noted).data, 201)
