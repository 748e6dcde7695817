"""Skills, courses, plans, sessions and assessments as the API reads and writes them. Money is in CNY."""

from rest_framework import serializers

from accounts.models import Skill, SkillLevel
from accounts.serializers import PEOPLE, Named, PersonRef, TeamRef
from core.api.serializing import Instant, StrictSerializer, VisibleChoice
from training.models import Course, Enrolment
from training.vocabulary import Seat, Stage
from training.workflow import PLAN, SESSION


def _skills_for(user):
    return Skill.objects.visible_to(user)


def _courses_for(user):
    return Course.objects.visible_to(user)


def _enrolments_for(user):
    return Enrolment.objects.filter(session__course__in=_courses_for(user)).select_related("session")


class HeldSerializer(serializers.Serializer):
    """Who has a skill, and how well. Past `expires_on` it counts no more."""

    person = PersonRef(source="user", read_only=True)
    level = serializers.ChoiceField(SkillLevel.choices, read_only=True)
    evidence = serializers.CharField(read_only=True)
    link = serializers.CharField(read_only=True)
    expires_on = serializers.DateField(read_only=True, allow_null=True, help_text="The last day on which it holds.")


class SkillSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    slug = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True, help_text="In the reader's language.")
    is_active = serializers.BooleanField(read_only=True)
    holders = HeldSerializer(source="held", many=True, read_only=True, help_text="Active people only.")


class RatingSerializer(StrictSerializer):
    person = VisibleChoice(PEOPLE, help_text="Id of somebody whom one leads.")
    level = serializers.ChoiceField(SkillLevel.choices)
    evidence = serializers.CharField(max_length=200, allow_blank=True, required=False)
    link = serializers.URLField(max_length=500, allow_blank=True, required=False)
    expires_on = serializers.DateField(allow_null=True, required=False)


class CourseSerializer(serializers.Serializer):
    """Whoever passes it has the skill at the level, for `valid_months` (null: without end)."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True, help_text="In the reader's language.")
    name_zh = serializers.CharField(read_only=True)
    name_en = serializers.CharField(read_only=True)
    skill = Named(read_only=True)
    level = serializers.ChoiceField(SkillLevel.choices, read_only=True)
    hours = serializers.DecimalField(max_digits=5, decimal_places=1, read_only=True)
    cost = serializers.DecimalField(max_digits=10, decimal_places=2, read_only=True, help_text="Per person, in CNY.")
    provider = serializers.CharField(read_only=True)
    valid_months = serializers.IntegerField(read_only=True, allow_null=True)
    description = serializers.CharField(read_only=True, help_text="Markdown.")
    is_active = serializers.BooleanField(read_only=True)


class CourseInputSerializer(StrictSerializer):
    name_zh = serializers.CharField(max_length=120, allow_blank=True, required=False)
    name_en = serializers.CharField(max_length=120, allow_blank=True, required=False)
    skill = VisibleChoice(_skills_for, help_text="Id of the skill.")
    level = serializers.ChoiceField(SkillLevel.choices)
    hours = serializers.DecimalField(max_digits=5, decimal_places=1, min_value=0, required=False)
    cost = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=0, required=False)
    provider = serializers.CharField(max_length=120, allow_blank=True, required=False)
    valid_months = serializers.IntegerField(min_value=1, max_value=240, allow_null=True, required=False)
    description = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    is_active = serializers.BooleanField(required=False)


class EnrolmentSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    person = PersonRef(read_only=True)
    seat = serializers.ChoiceField(Seat.choices, read_only=True)
    attended = serializers.BooleanField(read_only=True, allow_null=True, help_text="Null until it was held.")


class SessionSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    course = Named(read_only=True)
    state = serializers.ChoiceField(SESSION.choices(), read_only=True)
    starts_at = Instant(read_only=True)
    ends_at = Instant(read_only=True)
    place = serializers.CharField(read_only=True, help_text="A room or a link.")
    seats = serializers.IntegerField(read_only=True)
    trainer = PersonRef(read_only=True, allow_null=True)
    outside_trainer = serializers.CharField(read_only=True)
    reason = serializers.CharField(read_only=True, help_text="Why it was cancelled.")
    enrolments = EnrolmentSerializer(many=True, read_only=True, help_text="In the order of enrolment.")


class SessionInputSerializer(StrictSerializer):
    course = VisibleChoice(_courses_for, help_text="Id of the course; it cannot be changed later.")
    starts_at = Instant()
    ends_at = Instant()
    place = serializers.CharField(max_length=300, allow_blank=True, required=False)
    seats = serializers.IntegerField(min_value=1, max_value=1000, required=False)
    trainer = VisibleChoice(PEOPLE, allow_null=True, required=False, help_text="Id of somebody here.")
    outside_trainer = serializers.CharField(max_length=120, allow_blank=True, required=False)


class EnrolSerializer(StrictSerializer):
    person = VisibleChoice(PEOPLE, required=False, help_text="Id; left out: oneself.")


class CancelSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=500, help_text="Everybody enrolled reads it.")


class AttendanceSerializer(StrictSerializer):
    attended = VisibleChoice(PEOPLE, many=True, help_text="Ids of those with a seat who were there; others missed it.")


class PlanStepSerializer(StrictSerializer):
    name = serializers.ChoiceField([(step.name, step.label) for step in PLAN.transitions])


class LineSerializer(serializers.Serializer):
    person = PersonRef(source="item.person", read_only=True)
    course = Named(source="item.course", read_only=True)
    cost = serializers.DecimalField(source="item.cost", max_digits=10, decimal_places=2, read_only=True)
    reason = serializers.CharField(source="item.reason", read_only=True)
    stage = serializers.ChoiceField(Stage.choices, read_only=True)


class MoneySerializer(serializers.Serializer):
    """In CNY: what is planned, what seats are taken for, what was held, and what is left of the budget."""

    budget = serializers.DecimalField(max_digits=12, decimal_places=2, read_only=True)
    planned = serializers.DecimalField(max_digits=12, decimal_places=2, read_only=True)
    committed = serializers.DecimalField(max_digits=12, decimal_places=2, read_only=True)
    spent = serializers.DecimalField(max_digits=12, decimal_places=2, read_only=True)
    left = serializers.DecimalField(max_digits=12, decimal_places=2, read_only=True)


class PlanSerializer(serializers.Serializer):
    """Who of a team learns what in a year."""

    id = serializers.IntegerField(source="pk", read_only=True)
    team = TeamRef(read_only=True)
    year = serializers.IntegerField(read_only=True)
    state = serializers.ChoiceField(PLAN.choices(), read_only=True)
    note = serializers.CharField(read_only=True)
    money = MoneySerializer(read_only=True)
    lines = LineSerializer(many=True, read_only=True)


class ItemInputSerializer(StrictSerializer):
    person = VisibleChoice(PEOPLE, help_text="Id of somebody of the team.")
    course = VisibleChoice(_courses_for, help_text="Id of the course.")
    reason = serializers.CharField(max_length=300, allow_blank=True, required=False)


class SkillAssessmentSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    person = PersonRef(read_only=True)
    course = Named(read_only=True)
    assessor = PersonRef(read_only=True, allow_null=True)
    passed = serializers.BooleanField(read_only=True)
    result = serializers.CharField(read_only=True)
    evidence = serializers.CharField(read_only=True)
    link = serializers.CharField(read_only=True)
    assessed_on = serializers.DateField(read_only=True)
    expires_on = serializers.DateField(read_only=True, allow_null=True)


class SkillAssessmentInputSerializer(StrictSerializer):
    person = VisibleChoice(PEOPLE, help_text="Id of somebody whom one leads or trained; never oneself.")
    course = VisibleChoice(_courses_for, help_text="Id of the course.")
    enrolment = VisibleChoice(_enrolments_for, required=False, help_text="Id, where a session is assessed.")
    passed = serializers.BooleanField()
    result = serializers.CharField(max_length=200, allow_blank=True, required=False)
    evidence = serializers.CharField(max_length=200, allow_blank=True, required=False)
    link = serializers.URLField(max_length=500, allow_blank=True, required=False)
    assessed_on = serializers.DateField(required=False, help_text="Left out: today.")


class NeedSerializer(serializers.Serializer):
    """A skill that a team needs at a level, and who of it meets that today."""

    team = TeamRef(read_only=True, allow_null=True, help_text="Null: work that no team answers for.")
    skill = Named(read_only=True)
    level = serializers.ChoiceField(SkillLevel.choices, read_only=True)
    asked_by = serializers.SerializerMethodField(help_text="Services, categories and classes whose work asks for it.")
    able = HeldSerializer(many=True, read_only=True)

    def get_asked_by(self, need) -> list[str]:
        return list(dict.fromkeys(str(one.about) for one in need.asked_by))


class EndingSerializer(HeldSerializer):
    skill = Named(read_only=True)
    is_over = serializers.BooleanField(read_only=True, help_text="It ran out: it counts no more for routing.")


class GapsSerializer(serializers.Serializer):
    gaps = NeedSerializer(many=True, read_only=True, help_text="Nobody of the team meets it today.")
    singles = NeedSerializer(many=True, read_only=True, help_text="Exactly one person does.")
    covered = NeedSerializer(many=True, read_only=True, help_text="Two or more do.")
    ending = EndingSerializer(many=True, read_only=True, help_text="Ran out, or will within 30 days; earliest first.")
