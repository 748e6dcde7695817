"""How far somebody is on a reading path, and who else is on it."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from knowledge import rules
from knowledge.models import ArticleVersion, Certificate, Enrolment, PathStep, ReadingPath
from knowledge.selectors.reading import reader_language

_CERTIFIED = ("enrolment__path", "enrolment__user")


@dataclass
class Quiz:
    """The questions after a step or at the end. `tries_left` is 0 when somebody has to allow another one."""

    questions: list
    tries_left: int = 0
    is_passed: bool = False
    last: object = None

    @property
    def is_open(self) -> bool:
        return not self.is_passed and self.tries_left > 0

    @property
    def solutions(self) -> list:
        """Questions whose right answers may be told: all once it is passed, none before."""
        return self.questions if self.is_passed else []


@dataclass
class Standing:
    """One step for one person. `version` is the article as they may read it now; a step without is skipped."""

    step: PathStep
    version: ArticleVersion | None = None
    read_version: ArticleVersion | None = None
    is_done: bool = False
    quiz: Quiz | None = None

    @property
    def title(self) -> str:
        return self.version.title if self.version else str(self.step)

    @property
    def is_skipped(self) -> bool:
        """Its article was retired, or is not meant for this person: it asks nothing of them any more."""
        return not self.is_done and self.step.article_id is not None and self.version is None


@dataclass
class Progress:
    enrolment: Enrolment
    steps: list[Standing] = field(default_factory=list)
    final: Quiz | None = None

    @property
    def owed(self) -> list[Standing]:
        return [one for one in self.steps if not one.is_done and not one.is_skipped]

    @property
    def done(self) -> int:
        return sum(one.is_done for one in self.steps)

    @property
    def counted(self) -> int:
        return sum(not one.is_skipped for one in self.steps)

    @property
    def minutes_left(self) -> int:
        return sum(one.step.minutes for one in self.owed)

    @property
    def may_take_final(self) -> bool:
        return self.final is not None and not self.owed and self.final.is_open

    @property
    def is_complete(self) -> bool:
        """Everything read and passed; a path on which nothing is left to read proves nothing."""
        return not self.owed and (self.done > 0 or self.final is not None) and (not self.final or self.final.is_passed)


def progress(enrolment) -> Progress:
    """Where a person stands on their path, in six queries."""
    path, person = enrolment.path, enrolment.user
    done = {row.step_id: row for row in enrolment.done.select_related("version")}
    steps = [step for step in path.steps.select_related("article") if step.is_active or step.pk in done]
    versions = _readable(person, {step.article_id for step in steps if step.article_id})
    quizzes = _quizzes(enrolment)
    standings = [
        Standing(
            step,
            version=versions.get(step.article_id),
            read_version=done[step.pk].version if step.pk in done else None,
            is_done=step.pk in done,
            quiz=quizzes.get(step.pk),
        )
        for step in steps
    ]
    return Progress(enrolment, standings, quizzes.get(None))


def _readable(person, articles) -> dict[int, ArticleVersion]:
    """Current versions by article as `person` may read them: in the language of the page, else in another."""
    if not articles:
        return {}
    rows = ArticleVersion.objects.visible_to(person).current().filter(article__in=articles).select_related("article")
    return {row.article_id: row for row in sorted(rows, key=lambda row: row.language == reader_language())}


def _quizzes(enrolment) -> dict:
    """The quizzes of a path by step (None: at the end), as far as one person came with them."""
    quizzes = {}
    for question in enrolment.path.questions.all():
        quizzes.setdefault(question.step_id, Quiz([])).questions.append(question)
    tried = {}
    for attempt in enrolment.attempts.all():
        tried.setdefault(attempt.step_id, []).append(attempt)
    for step, quiz in quizzes.items():
        attempts = tried.get(step, [])
        allowed = enrolment.path.tries + enrolment.extra_tries
        quiz.tries_left = max(allowed - len(attempts), 0)
        quiz.is_passed = any(attempt.is_passed for attempt in attempts)
        quiz.last = attempts[-1] if attempts else None
    return quizzes


def enrolment_of(user, path) -> Enrolment | None:
    """The latest time somebody was given a path."""
    return Enrolment.objects.filter(user=user.pk, path=path).select_related("path", "user").first()


def counted(enrolments):
    """Enrolments with `.steps_done` and `.steps_asked`, for lists."""
    asked = PathStep.objects.filter(path=OuterRef("path"), is_active=True).order_by().values("path")
    return enrolments.select_related("path", "user", "certificate").annotate(
        steps_done=Count("done", filter=Q(done__step__is_active=True)),
        steps_asked=Coalesce(Subquery(asked.annotate(n=Count("pk")).values("n")), 0),
    )


def own(user):
    """The paths of a person, open ones first."""
    return counted(Enrolment.objects.filter(user=user.pk)).order_by("finished_at", "due_on", "-pk")


def to_take(user):
    """Paths in use that a person of the desk may begin unasked, and has not."""
    mine = Enrolment.objects.filter(user=user.pk, path=OuterRef("pk"))
    return ReadingPath.objects.visible_to(user).filter(~Exists(mine), is_active=True) if user.is_staff_member else []


def watched(user, path=None):
    """Who is on which path, or finished it, as far as `user` leads them: late ones first, then by the day they are due.
    Of those who left only what they finished."""
    rows = Enrolment.objects.visible_to(user).filter(Q(user__is_active=True) | Q(finished_at__isnull=False))
    rows = rows.filter(path=path) if path else rows
    return counted(rows).order_by("finished_at", "due_on", "-pk")


def may_give(user, path, person) -> bool:
    """Keepers of the path give it to anybody; a lead or a manager of people to theirs; the desk takes it itself."""
    if not path.is_active:
        return False
    if rules.keeps_path(user, path) or user.pk == person.manager_id:
        return True
    if user.pk == person.pk:
        return rules.takes_path(user, path)
    return User.objects.filter(pk=person.pk, teams__lead=user.pk).exists()


def certificates(user):
    return Certificate.objects.visible_to(user).select_related(*_CERTIFIED)


def ending(user, people, until):
    """Certificates of `people` of paths in use that are over or end by a day, the earliest first; not the renewed."""
    same = {"enrolment__path": OuterRef("enrolment__path"), "enrolment__user": OuterRef("enrolment__user")}
    later = Certificate.objects.filter(**same)
    renewed = later.filter(Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_until")))
    found = certificates(user).filter(~Exists(renewed), enrolment__user__in=people, enrolment__path__is_active=True)
    return found.filter(valid_until__lte=until).order_by("valid_until", "pk")


def certificate_behind(code):
    """The certificate with this code, for whoever holds it: the code is on the paper and cannot be guessed."""
    return Certificate.objects.select_related(*_CERTIFIED).filter(code=code).first()
