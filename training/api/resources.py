"""Skills, courses, plans, sessions and assessments: read by the desk, written by whoever leads."""

import django_filters as filters
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts import services as people
from accounts.idempotency import IDEMPOTENCY_KEY, answer_once
from accounts.kept import Kept, described
from accounts.models import PersonSkill, Skill
from core.api.filtering import IdFilter, WordsFilter
from core.api.views import Resource
from training import rules, services
from training.models import Assessment, Course, Enrolment, Plan, Session
from training.selectors.plans import filled, with_lines
from training.serializers import (
    AttendanceSerializer,
    CancelSerializer,
    CourseInputSerializer,
    CourseSerializer,
    EnrolmentSerializer,
    EnrolSerializer,
    HeldSerializer,
    ItemInputSerializer,
    PlanSerializer,
    PlanStepSerializer,
    RatingSerializer,
    SessionInputSerializer,
    SessionSerializer,
    SkillAssessmentInputSerializer,
    SkillAssessmentSerializer,
    SkillSerializer,
)
from training.workflow import SESSION


class SkillViewSet(Resource):
    """Skills with who has them."""

    serializer_class = SkillSerializer
    queryset = Skill.objects.none()
    orderings = ("id",)
    default_ordering = "id"
    lookup_value_converter = "int"

    def get_queryset(self):
        held = PersonSkill.objects.filter(user__is_active=True).select_related("user").order_by("-level", "user", "pk")
        return Skill.objects.visible_to(self.request.user).prefetch_related(Prefetch("holders", held, to_attr="held"))

    @extend_schema(summary="List skills")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read a skill")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        summary="Say at which level somebody has a skill",
        description="For whoever leads them; nobody rates themselves. Again replaces what was said.",
        parameters=[IDEMPOTENCY_KEY],
        request=RatingSerializer,
        responses={201: HeldSerializer},
    )
    @action(detail=True, methods=["post"], serializer_class=HeldSerializer)
    def ratings(self, request, pk):
        skill, given = self.get_object(), _read(self, RatingSerializer)
        person = given.pop("person")
        return answer_once(request, lambda: self._made(people.rate(person, skill, actor=request.user, **given)))

    def _made(self, row):
        return Response(self.get_serializer(row).data, status=201)


class CourseFilter(filters.FilterSet):
    skill = IdFilter(field_name="skill", label="Id of the skill.")

    class Meta:
        model = Course
        fields: list[str] = []


@described("a course", "courses", CourseInputSerializer, CourseSerializer, "For whoever leads a team, and managers.")
class CourseViewSet(Kept):
    """A course is never taken back, only out of use: what people passed stays."""

    serializer_class, input_class = CourseSerializer, CourseInputSerializer
    filterset_class = CourseFilter
    http_method_names = ["get", "head", "post", "patch"]
    orderings = ("id",)
    default_ordering = "id"
    queryset = Course.objects.none()
    may_keep = staticmethod(rules.keeps_courses)

    def get_queryset(self):
        return Course.objects.visible_to(self.request.user).select_related("skill")

    def keep(self, course, values):
        return services.keep_course(course if course.pk else None, actor=self.request.user, **values)


class SessionFilter(filters.FilterSet):
    course = IdFilter(field_name="course", label="Id of the course.")
    state = WordsFilter(field_name="state", choices=SESSION.choices(), label="States, separated by commas.")

    class Meta:
        model = Session
        fields: list[str] = []


@described(
    "a session of a course", "sessions of courses", SessionInputSerializer, SessionSerializer,
    "For whoever leads a team, and managers; its trainer may change it. Everybody enrolled hears of it.",
)  # fmt: skip
class SessionViewSet(Kept):
    """When and where courses are given."""

    serializer_class, input_class = SessionSerializer, SessionInputSerializer
    filterset_class = SessionFilter
    http_method_names = ["get", "head", "post", "patch"]
    orderings = ("id",)
    default_ordering = "-id"
    queryset = Session.objects.none()
    may_keep = staticmethod(lambda user: user.is_staff_member)

    def get_queryset(self):
        enrolments = Prefetch("enrolments", Enrolment.objects.select_related("person").order_by("pk"))
        visible = Session.objects.visible_to(self.request.user).select_related("course", "trainer")
        return visible.prefetch_related(enrolments)

    def keep(self, session, values):
        known = session if session.pk else None
        if known is not None:
            values.pop("course", None)
        return services.keep_session(known, actor=self.request.user, **values)

    @extend_schema(
        summary="Enrol somebody, or oneself",
        description="A seat, or the last place of the waiting list when all are taken.",
        parameters=[IDEMPOTENCY_KEY],
        request=EnrolSerializer,
        responses={201: EnrolmentSerializer},
    )
    @action(detail=True, methods=["post"], serializer_class=EnrolmentSerializer)
    def enrolments(self, request, pk):
        session, given = self.get_object(), _read(self, EnrolSerializer)
        person = given.get("person", request.user)
        return answer_once(request, lambda: self._made(services.enrol(session, person, actor=request.user)))

    @extend_schema(
        summary="Cancel a session",
        description="For its trainer and whoever leads. All enrolled hear why; its money returns to the plans.",
        request=CancelSerializer,
        responses=SessionSerializer,
    )
    @action(detail=True, methods=["post"])
    def cancel(self, request, pk):
        services.cancel_session(self.get_object(), actor=request.user, **_read(self, CancelSerializer))
        return self.shown(pk)

    @extend_schema(
        summary="Record who was there",
        description="For its trainer and whoever leads, once it has begun: the session is held and no longer changed.",
        request=AttendanceSerializer,
        responses=SessionSerializer,
    )
    @action(detail=True, methods=["post"])
    def attendance(self, request, pk):
        services.hold_session(self.get_object(), actor=request.user, **_read(self, AttendanceSerializer))
        return self.shown(pk)

    def _made(self, enrolment):
        return Response(self.get_serializer(enrolment).data, status=201)


class PlanViewSet(Resource):
    """Training plans with their lines and their money. Managers see all, others those of their teams."""

    serializer_class = PlanSerializer
    queryset = Plan.objects.none()
    orderings = ("id",)
    default_ordering = "-id"
    lookup_value_converter = "int"

    def get_queryset(self):
        return with_lines(Plan.objects.visible_to(self.request.user))

    @extend_schema(summary="List training plans")
    def list(self, request):
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer([filled(plan) for plan in rows], many=True).data)

    @extend_schema(summary="Read a training plan")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(filled(self.get_object())).data)

    @extend_schema(
        summary="Plan a course for somebody",
        description="For whoever leads the team, and managers; an approved plan never exceeds its budget.",
        parameters=[IDEMPOTENCY_KEY],
        request=ItemInputSerializer,
        responses={201: PlanSerializer},
    )
    @action(detail=True, methods=["post"])
    def lines(self, request, pk):
        plan, given = self.get_object(), _read(self, ItemInputSerializer)

        def add():
            services.add_item(actor=request.user, team=plan.team, year=plan.year, **given)
            return Response(self.get_serializer(filled(self.get_queryset().get(pk=plan.pk))).data, status=201)

        return answer_once(request, add)

    @extend_schema(
        summary="Approve a plan, take it back to draft, or close it",
        description="Managers approve, only what costs no more than the budget; whoever leads the team does the rest.",
        request=PlanStepSerializer,
        responses=PlanSerializer,
    )
    @action(detail=True, methods=["post"])
    def steps(self, request, pk):
        services.step_plan(self.get_object(), _read(self, PlanStepSerializer)["name"], actor=request.user)
        return self.retrieve(request, pk)


class AssessmentViewSet(Resource):
    """What assessors found; what was passed raised the skill."""

    serializer_class = SkillAssessmentSerializer
    queryset = Assessment.objects.none()
    orderings = ("id",)
    default_ordering = "-id"
    lookup_value_converter = "int"

    def get_queryset(self):
        return Assessment.objects.visible_to(self.request.user).select_related("person", "course", "assessor")

    @extend_schema(summary="List assessments")
    def list(self, request):
        return self.page(self.get_queryset())

    @extend_schema(summary="Read an assessment")
    def retrieve(self, request, pk):
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        summary="Assess somebody",
        description="Passed, it raises the skill to the level of the course in the same transaction.",
        parameters=[IDEMPOTENCY_KEY],
        request=SkillAssessmentInputSerializer,
        responses={201: SkillAssessmentSerializer},
    )
    def create(self, request):
        given = _read(self, SkillAssessmentInputSerializer)
        person, course = given.pop("person"), given.pop("course")
        return answer_once(
            request, lambda: self._made(services.assess(person, course, actor=request.user, **given))
        )  # fmt: skip

    def _made(self, assessment):
        return Response(self.get_serializer(assessment).data, status=201)


def _read(view, shape) -> dict:
    given = shape(data=view.request.data, context=view.get_serializer_context())
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
