"""Articles and reading paths as the API shows them: what one may read, and how far one came."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.serializers import Named, PersonRef
from core.api.serializing import Instant, StrictSerializer, VisibleChoice
from knowledge import rules
from knowledge.models import PathStep
from knowledge.vocabulary import Kind, Language


class SlugRef(Named):
    slug = serializers.CharField(read_only=True)


class TextSerializer(serializers.Serializer):
    """The current version in one language, without its text."""

    language = serializers.ChoiceField(Language.choices, read_only=True)
    version = serializers.IntegerField(source="number", read_only=True)
    title = serializers.CharField(read_only=True)
    summary = serializers.CharField(read_only=True)
    published_at = Instant(read_only=True)
    review_by = serializers.DateField(read_only=True)
    is_behind = serializers.BooleanField(read_only=True, help_text="A translation whose original has changed since.")
    is_unconfirmed = serializers.SerializerMethodField(help_text="Long over its review-by date.")

    def get_is_unconfirmed(self, version) -> bool:
        return rules.is_unconfirmed(version)


class WholeTextSerializer(TextSerializer):
    body = serializers.CharField(read_only=True, help_text="Markdown.")


class ArticleSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    number = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(Kind.choices, read_only=True)
    owner = PersonRef(read_only=True, allow_null=True)
    service = SlugRef(read_only=True, allow_null=True)
    category = SlugRef(read_only=True, allow_null=True)
    texts = TextSerializer(source="current", many=True, read_only=True)


class WholeArticleSerializer(ArticleSerializer):
    texts = WholeTextSerializer(source="current", many=True, read_only=True)


class FeedbackSerializer(StrictSerializer):
    language = serializers.ChoiceField(Language.choices, help_text="Of the text that was read.")
    is_helpful = serializers.BooleanField()
    comment = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    wants_answer = serializers.BooleanField(default=False, help_text="To be told what became of the comment.")


class OwnReadingSerializer(serializers.Serializer):
    """One's own way along a path, the latest one."""

    given_at = Instant(read_only=True)
    due_on = serializers.DateField(read_only=True, help_text="To be finished by.")
    is_late = serializers.BooleanField(read_only=True)
    steps_done = serializers.IntegerField(read_only=True)
    steps_asked = serializers.IntegerField(read_only=True, help_text="Of so many steps of the path.")
    finished_at = Instant(read_only=True, allow_null=True)
    certificate = serializers.CharField(
        source="certificate.code", read_only=True, allow_null=True, help_text="Code of the certificate."
    )


class PathSerializer(serializers.Serializer):
    """Names and texts in the reader's language."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(read_only=True)
    purpose = serializers.CharField(read_only=True)
    owner = PersonRef(read_only=True, allow_null=True)
    skill = Named(read_only=True, allow_null=True, help_text="The skill that finishing gives, at the first level.")
    days = serializers.IntegerField(read_only=True, help_text="Days to finish it.")
    pass_mark = serializers.IntegerField(read_only=True, help_text="Percent of right answers that pass a quiz.")
    tries = serializers.IntegerField(read_only=True, help_text="Per quiz.")
    valid_months = serializers.IntegerField(read_only=True, allow_null=True, help_text="Null: for ever.")
    version = serializers.IntegerField(read_only=True)
    is_active = serializers.BooleanField(read_only=True, help_text="In use: it can be begun.")
    mine = serializers.SerializerMethodField(help_text="Null before one has begun it.")

    @extend_schema_field(OwnReadingSerializer(allow_null=True))
    def get_mine(self, path):
        return OwnReadingSerializer(path.mine[0]).data if path.mine else None


class QuestionSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk", read_only=True)
    text = serializers.CharField(source="__str__", read_only=True)
    choices = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="An answer names them by their place, the first is 0."
    )
    is_multiple = serializers.BooleanField(read_only=True, help_text="Several are right, and all have to be chosen.")


class SolutionSerializer(serializers.Serializer):
    question = serializers.IntegerField(source="pk", read_only=True)
    right = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    explanation = serializers.CharField(read_only=True)


class AttemptSerializer(serializers.Serializer):
    right = serializers.IntegerField(read_only=True)
    asked = serializers.IntegerField(read_only=True)
    is_passed = serializers.BooleanField(read_only=True)
    at = Instant(read_only=True)


class QuizSerializer(serializers.Serializer):
    questions = QuestionSerializer(many=True, read_only=True)
    tries_left = serializers.IntegerField(read_only=True, help_text="At 0 somebody has to allow another one.")
    is_passed = serializers.BooleanField(read_only=True)
    last = AttemptSerializer(read_only=True, allow_null=True, help_text="The latest try.")
    solutions = SolutionSerializer(many=True, read_only=True, help_text="Empty until the quiz is passed.")


class StandingSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="step.pk", read_only=True)
    title = serializers.CharField(read_only=True)
    article = serializers.IntegerField(
        source="version.article_id", read_only=True, allow_null=True, help_text="Id of the article to read."
    )
    text = serializers.CharField(source="step.text", read_only=True, help_text="The path's own text, Markdown.")
    url = serializers.CharField(source="step.url", read_only=True)
    minutes = serializers.IntegerField(source="step.minutes", read_only=True)
    is_done = serializers.BooleanField(read_only=True)
    is_skipped = serializers.BooleanField(
        read_only=True, help_text="Its article was retired, or is not meant for the reader."
    )
    quiz = QuizSerializer(read_only=True, allow_null=True)


class ProgressSerializer(serializers.Serializer):
    minutes_left = serializers.IntegerField(read_only=True)
    steps = StandingSerializer(many=True, read_only=True)
    final = QuizSerializer(read_only=True, allow_null=True, help_text="The questions at the end.")
    may_take_final = serializers.BooleanField(read_only=True, help_text="Every step is read, and a try is left.")


class WholePathSerializer(PathSerializer):
    progress = ProgressSerializer(read_only=True, allow_null=True, help_text="Null before one has begun it.")


class OfPathSerializer(StrictSerializer):
    """Input about a step of the path in the address; one of another path reads like absent."""

    def validate_step(self, step):
        if step.path_id != self.context["path"]:
            self.fields["step"].fail("not_found", ids=step.pk)
        return step


class ReadStepSerializer(OfPathSerializer):
    step = VisibleChoice(PathStep.objects.visible_to, help_text="Id of a step of this path.")


class QuizAnswerSerializer(StrictSerializer):
    question = serializers.IntegerField(help_text="Id of a question.")
    chosen = serializers.ListField(
        child=serializers.IntegerField(min_value=0), max_length=50, help_text="Places of the choices, the first is 0."
    )


class QuizAnswersSerializer(OfPathSerializer):
    step = VisibleChoice(
        PathStep.objects.visible_to, required=False, help_text="Id of a step; left out: the questions at the end."
    )
    answers = QuizAnswerSerializer(many=True, max_length=200, help_text="One for each question.")


class CertificateSerializer(serializers.Serializer):
    number = serializers.CharField(read_only=True)
    code = serializers.CharField(read_only=True)
    path = Named(source="enrolment.path", read_only=True)
    path_version = serializers.IntegerField(read_only=True)
    person = PersonRef(source="enrolment.user", read_only=True)
    issued_on = serializers.DateField(read_only=True)
    valid_until = serializers.DateField(read_only=True, allow_null=True, help_text="Null: for ever.")
    is_valid = serializers.BooleanField(read_only=True, help_text="Today.")
