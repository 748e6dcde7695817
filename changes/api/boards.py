"""Boards and their meetings: calling one, its agenda, its minutes. Votes are given on the changes themselves."""

import django_filters as filters
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import IDEMPOTENCY_KEY, answer_once
from accounts.kept import Kept, described
from changes import rules, services
from changes.models import AgendaItem, Board, BoardMeeting
from changes.serializers.boards import (
    AgendaSerializer,
    BoardInputSerializer,
    BoardSerializer,
    CloseSerializer,
    MeetingSerializer,
    MoveSerializer,
    NoteSerializer,
    WhySerializer,
)
from changes.vocabulary import MeetingState
from core.api.filtering import IdFilter, WordsFilter
from core.api.views import Resource


@described("a board", "boards", BoardInputSerializer, BoardSerializer, "For whoever keeps boards.")
class BoardViewSet(Kept):
    """A board is never taken back, only out of use: what it decided stays."""

    serializer_class, input_class = BoardSerializer, BoardInputSerializer
    http_method_names = ["get", "head", "post", "patch"]
    orderings = ("id",)
    default_ordering = "id"
    queryset = Board.objects.none()
    may_keep = staticmethod(rules.keeps_boards)

    def get_queryset(self):
        visible = Board.objects.visible_to(self.request.user)
        return visible.select_related("organisation", "chair").prefetch_related("members")

    def keep(self, board, values):
        names = ("name_zh", "name_en", "kind", "organisation", "chair", "quorum", "is_active")
        known = {name: getattr(board, name) for name in names if name not in values}
        members = values.pop("members", None) or board.members.all()
        return services.keep_board(board, actor=self.request.user, members=members, **known, **values)

    @extend_schema(
        summary="Call a meeting of a board",
        description="For its chair and whoever keeps boards. On the agenda is what waits for the board now.",
        parameters=[IDEMPOTENCY_KEY],
        request=MoveSerializer,
        responses={201: MeetingSerializer},
    )
    @action(detail=True, methods=["post"], serializer_class=MeetingSerializer)
    def meetings(self, request, pk):
        board, given = self.get_object(), _read(self, MoveSerializer)
        return answer_once(request, lambda: self._called(services.call_meeting(board, actor=request.user, **given)))

    def _called(self, meeting):
        found = meetings_seen_by(self.request.user).get(pk=meeting.pk)
        return Response(self.get_serializer(found).data, status=201)


def meetings_seen_by(user):
    agenda = Prefetch("agenda", AgendaItem.objects.visible_to(user).select_related("change"), to_attr="seen_agenda")
    visible = BoardMeeting.objects.visible_to(user).select_related("board", "closed_by")
    return visible.prefetch_related(agenda, "present")


def _read(view, shape) -> dict:
    given = shape(data=view.request.data, context=view.get_serializer_context())
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class MeetingFilter(filters.FilterSet):
    state = WordsFilter(field_name="state", choices=MeetingState.choices, label="States, separated by commas.")
    board = IdFilter(field_name="board", label="Id of a board.")

    class Meta:
        model = BoardMeeting
        fields: list[str] = []


@extend_schema_view(
    list=extend_schema(summary="List meetings of boards"),
    retrieve=extend_schema(summary="Read a meeting with its agenda and minutes"),
    partial_update=extend_schema(
        summary="Move a meeting", description="Before it has begun; the members are told.", request=MoveSerializer
    ),
    cancel=extend_schema(
        summary="Cancel a meeting", description="Before it has begun; the members are told why.", request=WhySerializer
    ),
    begin=extend_schema(
        summary="Begin a meeting", description="What came to wait for the board is put on its agenda.", request=None
    ),
    note=extend_schema(
        summary="Write down what was said about a change", request=NoteSerializer, responses=AgendaSerializer
    ),
    close=extend_schema(
        summary="Close a meeting with its minutes",
        description="Nothing of it is changed afterwards; the members are told.",
        request=CloseSerializer,
    ),
)
class MeetingViewSet(Resource):
    """Meetings of boards, led by their chair and whoever keeps boards. One is called at its board."""

    serializer_class = MeetingSerializer
    filterset_class = MeetingFilter
    orderings = ("id", "starts_at")
    default_ordering = "-starts_at"
    queryset = BoardMeeting.objects.none()
    lookup_value_converter = "int"
    http_method_names = ["get", "head", "post", "patch"]

    def get_queryset(self):
        return meetings_seen_by(self.request.user)

    def list(self, request):
        return self.page(self.get_queryset())

    def retrieve(self, request, pk):
        return self._shown()

    def partial_update(self, request, pk):
        meeting = self.get_object()
        services.move_meeting(meeting, actor=request.user, **{"place": meeting.place} | _read(self, MoveSerializer))
        return self._shown()

    @action(detail=True, methods=["post"])
    def cancel(self, request, pk):
        services.cancel_meeting(self.get_object(), actor=request.user, **_read(self, WhySerializer))
        return self._shown()

    @action(detail=True, methods=["post"])
    def begin(self, request, pk):
        services.open_meeting(self.get_object(), actor=request.user)
        return self._shown()

    @action(detail=True, methods=["patch"], url_path="agenda/<int:item>", serializer_class=AgendaSerializer)
    def note(self, request, pk, item):
        rows = self.get_object().agenda.visible_to(request.user).select_related("meeting__board", "change")
        noted = services.note_on_agenda(
            get_object_or_404(rows, pk=item), actor=request.user, **_read(self, NoteSerializer)
        )
        return Response(self.get_serializer(noted).data)

    @action(detail=True, methods=["post"])
    def close(self, request, pk):
        services.close_meeting(self.get_object(), actor=request.user, **_read(self, CloseSerializer))
        return self._shown()

    def _shown(self):
        return Response(self.get_serializer(self.get_object()).data)
