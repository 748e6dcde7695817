"""Going along a reading path: given, read, answered, passed, certified."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import services as people
from accounts.models import PersonSkill, User
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from events import services as events
from knowledge.models import ArticleVersion, Attempt, Certificate, Enrolment, PathStep, ReadingPath, StepDone
from knowledge.selectors import learning


@transaction.atomic
def give_path(path, person, *, actor, due_on=None) -> Enrolment:
    """Give somebody a path to read; publishes `path.given`. Twice is once, while it is not finished.

    Without `due_on` it is due after the days of the path. `actor` None is the system. Raises Refused (path not in use,
    person gone), NotAllowed.
    """
    path = ReadingPath.objects.select_for_update(of=("self",)).get(pk=path.pk)
    if not path.is_active:
        raise Refused(_("This reading path is not in use."))
    if not person.is_active:
        raise Refused(_("%s is deactivated.") % person)
    if actor is not None and not learning.may_give(actor, path, person):
        raise NotAllowed()
    at = clock.recorded_now()
    defaults = {
        "given_by": actor,
        "given_at": at,
        "due_on": due_on or timezone.localdate(at) + timedelta(days=path.days),
    }
    made, is_new = Enrolment.objects.get_or_create(path=path, user=person, finished_at=None, defaults=defaults)
    if is_new:
        _tell("given", made, actor=actor, at=at, due_on=made.due_on.isoformat())
    return made


@transaction.atomic
def read_step(enrolment, step, *, actor) -> Enrolment:
    """Say that one has read a step; publishes `path.step_read` with the version read. Twice is once.

    Raises NotAllowed (somebody else's path), Refused (it has questions, or is skipped).
    """
    enrolment = _own(enrolment, actor)
    standing = _standing(learning.progress(enrolment), step)
    if standing.quiz and not standing.quiz.is_passed:
        raise Refused(_("Answer the questions of this step first."))
    if not standing.is_done:
        _mark_read(enrolment, standing, actor=actor, at=clock.recorded_now())
        _finish(enrolment)
    return enrolment


@transaction.atomic
def answer(enrolment, step, *, actor, answers) -> Attempt:
    """Try the questions of a step, or those of the end (`step` None); publishes `path.answered`.

    `answers` are {key of a question: places chosen}. A question is right when exactly the right options were chosen.
    Raises InvalidInput by `q<key>` (not answered, no such option) or `answers` (not asked here),
    Refused (passed, no tries left, steps unread), NotAllowed.
    """
    enrolment = _own(enrolment, actor)
    standing, quiz = _quiz(learning.progress(enrolment), step)
    if foreign := sorted(answers.keys() - {question.pk for question in quiz.questions}):
        ids = ", ".join(map(str, foreign[:10]))
        raise InvalidInput({"answers": [_("There is nothing with this id: %(ids)s.") % {"ids": ids}]})
    owed = [question for question in quiz.questions if not _chosen(question, answers)]
    if owed:
        raise InvalidInput({f"q{question.pk}": [_("Choose an answer.")] for question in owed})
    given = {question.pk: sorted(set(answers[question.pk])) for question in quiz.questions}
    right = sum(set(given[question.pk]) == question.right for question in quiz.questions)
    asked, at = len(quiz.questions), clock.recorded_now()
    attempt = Attempt.objects.create(
        enrolment=enrolment, step=standing and standing.step, answers=given, right=right, asked=asked, at=at,
        is_passed=right * 100 >= enrolment.path.pass_mark * asked,
    )  # fmt: skip
    _tell("answered", enrolment, actor=actor, at=at, step=attempt.step_id, right=right, asked=asked)
    if attempt.is_passed:
        if standing and not standing.is_done:
            _mark_read(enrolment, standing, actor=actor, at=at)
        _finish(enrolment)
    elif quiz.tries_left == 1:
        _tell("stuck", enrolment, actor=actor, at=at, step=attempt.step_id)
    return attempt


@transaction.atomic
def allow_try(enrolment, *, actor) -> Enrolment:
    """Allow one more try at every quiz of somebody's path; publishes `path.try_allowed`. Raises NotAllowed, Refused."""
    enrolment = _locked(enrolment)
    if not learning.may_give(actor, enrolment.path, enrolment.user) or actor.pk == enrolment.user_id:
        raise NotAllowed()
    if enrolment.finished_at:
        raise Refused(_("This path is finished."))
    enrolment.extra_tries += 1
    enrolment.save(update_fields=["extra_tries"])
    _tell("try_allowed", enrolment, actor=actor, at=clock.recorded_now())
    return enrolment


@transaction.atomic
def welcome(event):
    """`later` handler: whoever joins a team or is given a role gets the paths that belong to it, unless they are on
    them or hold a certificate that is still valid."""
    if event.is_history:
        return
    person = User.objects.active().filter(pk=event.subject_id).first()
    paths = ReadingPath.objects.filter(is_active=True)
    if event.name == "user.added_to_team":
        paths = paths.filter(team=event.data["team"])
    else:
        new = set(event.data.get("roles") or event.data.get("after") or ()) - set(event.data.get("before") or ())
        paths = paths.filter(role__in=new)
    holds = Q(certificate__valid_until=None) | Q(certificate__valid_until__gte=timezone.localdate(clock.now()))
    has_it = Enrolment.objects.filter(Q(finished_at=None) | holds, user=person)
    for path in paths if person else ():
        if not has_it.filter(path=path).exists():
            give_path(path, person, actor=None)


@transaction.atomic
def miss_article(event):
    """`later` handler: an article that nobody reads any more is skipped on its paths; their owners hear of it, and so
    does everybody who still had to read it.

    Whoever waited for nothing else has finished.
    """
    if ArticleVersion.objects.current().filter(article=event.subject_id).exists():
        return
    paths = ReadingPath.objects.filter(steps__article=event.subject_id, steps__is_active=True).distinct()
    for path in paths:
        step = path.steps.filter(article=event.subject_id, is_active=True).first()
        events.publish("path.step_lost", subject=path, actor=None, is_public=False, step=step.pk)
        for enrolment in path.enrolments.open().exclude(done__step=step):
            enrolment = _locked(enrolment)
            _tell("step_skipped", enrolment, actor=None, at=clock.recorded_now(), step=step.pk)
            settle_one(enrolment)


@transaction.atomic
def settle(event):
    """`later` handler: a path or an article on it asks less of its readers. Whoever waited for nothing else has
    finished, and hears it."""
    if event.subject_kind == "path":
        open_ones = Enrolment.objects.filter(path=event.subject_id)
    else:
        on = PathStep.objects.filter(article=event.subject_id, is_active=True).values("path")
        open_ones = Enrolment.objects.filter(path__in=on)
    for enrolment in open_ones.awaited().order_by("pk"):
        settle_one(_locked(enrolment))


def settle_one(enrolment) -> bool:
    """Finish a locked, open enrolment on which nothing is left to do; publishes `path.cut_short` for its reader.

    Returns whether it is finished now.
    """
    if enrolment.finished_at is None and _finish(enrolment, is_by_reader=False):
        _tell("cut_short", enrolment, actor=None, at=enrolment.finished_at)
    return enrolment.finished_at is not None


def _own(enrolment, actor):
    enrolment = _locked(enrolment)
    if actor.pk != enrolment.user_id or not actor.is_active:
        raise NotAllowed()
    if enrolment.finished_at:
        raise Refused(_("This path is finished."))
    return enrolment


def _locked(enrolment):
    rows = Enrolment.objects.select_related("path", "user")
    return rows.select_for_update(of=("self",)).get(pk=enrolment.pk)


def _standing(progress, step):
    standing = next((one for one in progress.steps if one.step.pk == step.pk), None)
    if standing is None or standing.is_skipped:
        raise Refused(_("This step is not part of your path any more."))
    return standing


def _quiz(progress, step):
    """(the standing of a step or None, its quiz), as far as it may be tried now."""
    standing = _standing(progress, step) if step else None
    quiz = standing.quiz if standing else progress.final
    if quiz is None:
        raise Refused(_("There are no questions here."))
    if quiz.is_passed:
        raise Refused(_("You have passed this quiz already."))
    if not quiz.tries_left:
        raise Refused(_("No try is left. Whoever keeps the path, or leads your team, can allow another one."))
    if standing is None and progress.owed:
        raise Refused(_("Read the steps first; then come the questions."))
    return standing, quiz


def _chosen(question, answers) -> bool:
    """Whether something was chosen, and nothing that is not there."""
    places = set(answers.get(question.pk, ()))
    return bool(places) and places <= set(range(len(question.options)))


def _mark_read(enrolment, standing, *, actor, at):
    StepDone.objects.create(enrolment=enrolment, step=standing.step, version=standing.version, at=at)
    number = standing.version and standing.version.number
    _tell("step_read", enrolment, actor=actor, at=at, step=standing.step.pk, number=number)


def _finish(enrolment, *, is_by_reader=True) -> bool:
    """Once everything is read and passed: the certificate, and the skill it proves. Publishes `path.finished`."""
    if not learning.progress(enrolment).is_complete:
        return False
    path, at = enrolment.path, clock.recorded_now()
    enrolment.finished_at = at
    enrolment.save(update_fields=["finished_at"])
    today = timezone.localdate(at)
    until = today + relativedelta(months=path.valid_months) if path.valid_months else None
    certificate = Certificate.objects.create(
        enrolment=enrolment, path_version=path.version, issued_on=today, valid_until=until
    )
    actor = enrolment.user if is_by_reader else None
    _tell("finished", enrolment, actor=actor, at=at, certificate=certificate.number)
    _raise_skill(certificate)
    return True


def _raise_skill(certificate):
    """The path's skill at the first level, unless the person has it by other evidence that still holds.

    A higher level that has run out stays as it is on record: reading does not renew what an assessment found.
    """
    enrolment = certificate.enrolment
    person, skill = enrolment.user, enrolment.path.skill
    if skill is None or not (person.is_active and person.is_staff_member):
        return
    held = PersonSkill.objects.filter(user=person, skill=skill).first()
    if held is None or (held.level == 1 and held.expires_on):
        evidence = f"{enrolment.path} · {certificate.number}"[:200]
        people.award(person, skill, actor=None, level=1, evidence=evidence, expires_on=certificate.valid_until)


def _tell(name, enrolment, *, actor, at, **data):
    events.publish(
        f"path.{name}", subject=enrolment.path, actor=actor, at=at, is_public=False,
        enrolment=enrolment.pk, person=enrolment.user_id, **data,
    )  # fmt: skip
