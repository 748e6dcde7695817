"""Reading paths for whoever goes along them, and certificates to verify. Paths are kept in the portal."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.idempotency import IDEMPOTENCY_KEY, answer_once
from core.api.views import Resource
from core.errors import Refused
from knowledge import services
from knowledge.models import Certificate, Enrolment, ReadingPath
from knowledge.selectors import learning
from knowledge.serializers import (
    AttemptSerializer,
    CertificateSerializer,
    PathSerializer,
    QuizAnswersSerializer,
    ReadStepSerializer,
    WholePathSerializer,
)


class ReadingPathViewSet(Resource):
    """Reading paths that one may see, and how far one is oneself: nobody else's reading is told here."""

    serializer_class = PathSerializer
    queryset = ReadingPath.objects.none()
    orderings = ("id",)
    default_ordering = "id"
    lookup_value_converter = "int"

    def get_queryset(self):
        mine = learning.counted(Enrolment.objects.filter(user=self.request.user.pk)).order_by("-pk")
        visible = ReadingPath.objects.visible_to(self.request.user).select_related("owner", "skill")
        return visible.prefetch_related(Prefetch("enrolments", mine, to_attr="mine"))

    @extend_schema(summary="List reading paths")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(
        summary="Read a reading path",
        description="With its steps and questions for whoever was given it or has begun it.",
        responses=WholePathSerializer,
    )
    def retrieve(self, request, pk):
        return self._shown()

    @extend_schema(
        summary="Begin a reading path",
        description="For people of the desk; once more when the last time is finished. While it is under way: no news.",
        parameters=[IDEMPOTENCY_KEY],
        request=None,
        responses={201: WholePathSerializer},
    )
    @action(detail=True, methods=["post"])
    def begin(self, request, pk):
        path = self.get_object()

        def give():
            services.give_path(path, request.user, actor=request.user)
            return self._shown(201)

        return answer_once(request, give)

    @extend_schema(
        summary="Say that one has read a step",
        description="A step without questions; one with questions is read when they are passed. Twice is once.",
        parameters=[IDEMPOTENCY_KEY],
        request=ReadStepSerializer,
        responses={201: WholePathSerializer},
    )
    @action(detail=True, methods=["post"])
    def read(self, request, pk):
        enrolment, given = self._under_way(), self._read(ReadStepSerializer)

        def say():
            services.read_step(enrolment, given["step"], actor=request.user)
            return self._shown(201)

        return answer_once(request, say)

    @extend_schema(
        summary="Answer the questions of a step, or those at the end",
        description="All of them in one try. A question is right when exactly the right options were chosen; which "
        "these are is told once the quiz is passed. What is wrong with an answer stands below `q<id of the question>`.",
        parameters=[IDEMPOTENCY_KEY],
        request=QuizAnswersSerializer,
        responses={201: AttemptSerializer},
    )
    @action(detail=True, methods=["post"])
    def answers(self, request, pk):
        enrolment, given = self._under_way(), self._read(QuizAnswersSerializer)
        chosen = {answer["question"]: answer["chosen"] for answer in given["answers"]}

        def attempt():
            made = services.answer(enrolment, given.get("step"), actor=request.user, answers=chosen)
            return Response(AttemptSerializer(made).data, status=201)

        return answer_once(request, attempt)

    def _under_way(self):
        enrolment = learning.enrolment_of(self.request.user, self.get_object())
        if enrolment is None:
            raise Refused(_("Begin this path first."))
        return enrolment

    def _read(self, shape) -> dict:
        context = self.get_serializer_context() | {"path": self.kwargs["pk"]}
        given = shape(data=self.request.data, context=context)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def _shown(self, status=200):
        path = self.get_object()
        enrolment = learning.enrolment_of(self.request.user, path)
        path.progress = learning.progress(enrolment) if enrolment else None
        return Response(WholePathSerializer(path, context=self.get_serializer_context()).data, status)


class CertificateViewSet(Resource):
    """Certificates by their code, which cannot be guessed: one's own, and for the desk any that it is shown."""

    serializer_class = CertificateSerializer
    queryset = Certificate.objects.none()
    pagination_class = None
    lookup_field = "code"

    def get_queryset(self):
        return learning.certificates(self.request.user)

    @extend_schema(summary="Read a certificate")
    def retrieve(self, request, code):
        return Response(self.get_serializer(self.get_object()).data)
