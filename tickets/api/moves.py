"""Transitions and history of a ticket."""

from contextlib import suppress

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.response import Response

from core.api.problems import PreconditionFailed
from core.api.views import version_from_header, versioned
from core.errors import InvalidInput, Stale
from events.models import Event
from tickets import rules, services
from tickets.api.base import IF_MATCH, NUMBER, BelowTicket, readable_events
from tickets.forms import TransitionForm
from tickets.sentences import Names
from tickets.serializers import EventSerializer, TicketSerializer, TransitionRequestSerializer, TransitionSerializer

_RESERVED = ("name", "version", "known_articles")
# What each transition takes besides its name comes from the workflow table, so the schema leaves it open.
_BODY = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "description": "One of those listed by GET."},
        "version": {"type": "integer", "minimum": 1, "description": "The version you read; 409 if it moved on."},
        "known_articles": {
            "type": "array",
            "items": {"type": "integer", "minimum": 1},
            "description": "Articles the words refer to although some readers cannot open them: those that a 422 "
            "`unreadable_articles` names.",
        },
    },
    "additionalProperties": True,
    "description": "The fields listed by GET for this transition stand beside `name`, and no others.",
}


@extend_schema_view(
    list=extend_schema(
        summary="List what you may do with a ticket now",
        parameters=[NUMBER],
        responses=TransitionSerializer(many=True),
    ),
    create=extend_schema(
        summary="Take a transition",
        parameters=[NUMBER, IF_MATCH],
        request={"application/json": _BODY},
        responses=TicketSerializer,
        examples=[
            OpenApiExample(
                "Resolve",
                {
                    "name": "resolve",
                    "version": 7,
                    "resolution_code": "fixed",
                    "resolution_notes": "Replaced the faulty switch in room 301.",
                },
                request_only=True,
            ),
            OpenApiExample(
                "Wait for the requester",
                {"name": "hold", "version": 5, "pending_reason": "caller", "comment": "Which room is it?"},
                request_only=True,
            ),
        ],
    ),
)
class TransitionViewSet(BelowTicket):
    """The buttons of the portal: from the same table, through the same door."""

    serializer_class = TransitionSerializer
    pagination_class = None
    filter_backends = []

    def list(self, request, number):
        subject = self.subject_of(self.found_ticket())
        possible = self.workflow_of(subject).available(request.user, subject)
        return Response(self.get_serializer(possible, many=True).data)

    def create(self, request, number):
        ticket = self.found_ticket()
        asked, fields = self._read(request.data)
        name, version, subject = asked["name"], self.refuse_stale(ticket, asked.get("version")), self.subject_of(ticket)
        self._refuse_illegal(subject, name)
        try:
            with services.knowing(asked.get("known_articles", ())):
                moved, version = self.take(subject, name, fields=fields, version=version)
        except Stale as stale:
            if version_from_header(request) is not None:
                raise PreconditionFailed(stale) from None
            raise
        return versioned(request, self.shape(moved), version)

    def subject_of(self, ticket):
        """What stands in the states of the table."""
        return ticket.typed

    def workflow_of(self, subject):
        return subject.workflow

    def take(self, subject, name, *, fields, version):
        """(what moved, its version now)."""
        transition = subject.workflow.get(name)
        values = TransitionForm(transition, subject, self.request.user, fields).values_or_refuse()
        moved = services.take_transition(subject, name, actor=self.request.user, values=values, version=version)
        return moved, moved.version

    def shape(self, ticket):
        """The ticket as its own address shows it."""
        return TicketSerializer(ticket, context=self.get_serializer_context()).data

    def _read(self, data):
        """(what every transition takes, this one's own fields as plain words and numbers)."""
        if not isinstance(data, dict):
            raise serializers.ValidationError({"name": [_("Send an object with the name of the transition.")]})
        reserved = TransitionRequestSerializer(data={key: data[key] for key in _RESERVED if key in data})
        reserved.is_valid(raise_exception=True)
        fields, problems = {}, {}
        text = serializers.CharField(allow_blank=True, trim_whitespace=False)
        for key, value in data.items():
            if key in _RESERVED or value is None:
                continue
            try:
                fields[key] = text.run_validation(value)
            except serializers.ValidationError as error:
                problems[key[:80]] = error.detail
        if problems:
            raise serializers.ValidationError(problems)
        return reserved.validated_data, fields

    def _refuse_illegal(self, subject, name):
        """Unless the transition is possible here for this person. Its fields are judged by the form afterwards."""
        workflow = self.workflow_of(subject)
        workflow.get(name)
        with suppress(InvalidInput):
            workflow.check(name, self.request.user, subject, {})


@extend_schema_view(
    list=extend_schema(
        summary="Read the history of a ticket",
        description="What happened, oldest first, as far as you may see it.",
        parameters=[NUMBER],
    )
)
class EventViewSet(BelowTicket):
    serializer_class = EventSerializer
    queryset = Event.objects.none()
    orderings = ("id",)

    def list(self, request, number):
        ticket = self.found_ticket()
        events = self.paginate_queryset(readable_events(ticket, request.user))
        context = {"names": Names(events), "is_internal": rules.reads_internal(request.user, ticket)}
        shown = self.get_serializer(events, many=True, context=self.get_serializer_context() | context)
        return self.get_paginated_response(shown.data)
