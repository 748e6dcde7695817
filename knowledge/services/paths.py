"""Keeping reading paths: what they are for, their steps in order, their questions."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.services.writing import apply, checked
from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events
from knowledge import rules
from knowledge.models import PathStep, Question, ReadingPath

FIELDS = (
    "name_zh", "name_en", "purpose_zh", "purpose_en", "owner", "team", "role", "days", "pass_mark", "tries",
    "valid_months", "skill", "is_active",
)  # fmt: skip
STEP_FIELDS = ("article", "title_zh", "title_en", "text_zh", "text_en", "url", "minutes")
QUESTION_FIELDS = ("step", "text_zh", "text_en", "options", "explanation_zh", "explanation_en")
MOST_STEPS = 60
MOST_OPTIONS = 8


@transaction.atomic
def keep_path(path, *, actor, **values) -> ReadingPath:
    """Begin a path (None) or change one; publishes `path.kept` with what differs. Its first owner is who began it.

    Raises NotAllowed, InvalidInput by field (a path in use needs a step and an owner).
    """
    if path is None:
        if not rules.writes_articles(actor):
            raise NotAllowed()
        path, values = ReadingPath(created_at=clock.recorded_now()), {"owner": actor} | values
    else:
        path = _locked(path, actor)
    changes = apply(path, values, FIELDS)
    checked(path)
    if path.is_active and not (path.pk and path.steps.filter(is_active=True).exists()):
        raise InvalidInput({"is_active": [_("Give it a step first.")]})
    if path.is_active and path.owner is None:
        raise InvalidInput({"owner": [_("Somebody has to answer for a path in use.")]})
    path.save()
    if changes:
        _tell(path, "kept", actor, changes=changes)
    return path


@transaction.atomic
def keep_step(path, step, *, actor, **values) -> PathStep:
    """Add a step at the end (None) or change one; publishes `path.step_kept`. Raises NotAllowed, InvalidInput."""
    path = _locked(path, actor)
    if step is None:
        if path.steps.filter(is_active=True).count() >= MOST_STEPS:
            raise Refused(_("A path has at most %(limit)s steps.") % {"limit": MOST_STEPS})
        last = path.steps.aggregate(last=Max("position"))["last"] or 0
        step = PathStep(path=path, position=last + 1)
    changes = apply(step, values, STEP_FIELDS)
    if step.article is None and not (step.title_zh or step.title_en):
        raise InvalidInput({"title_zh": [_("Choose an article, or give the step a title of its own.")]})
    if step.article is None and not (step.url or step.text_zh or step.text_en):
        raise InvalidInput({"text_zh": [_("Choose an article, write a text or give a link.")]})
    checked(step).save()
    if changes:
        _tell_change(path, "step_kept", actor, step=step.pk)
    return step


@transaction.atomic
def move_step(step, *, actor, up) -> None:
    """Change places with the step before (or after); publishes `path.step_moved`. At the end nothing happens."""
    path = _locked(step.path, actor)
    steps = list(path.steps.filter(is_active=True))
    place = next((n for n, one in enumerate(steps) if one.pk == step.pk), None)
    other = None if place is None else place + (-1 if up else 1)
    if other is None or not 0 <= other < len(steps):
        return
    steps[place], steps[other] = steps[other], steps[place]
    for position, one in enumerate(steps, start=1):
        one.position = position
    PathStep.objects.bulk_update(steps, ["position"])
    _tell_change(path, "step_moved", actor, step=step.pk)


@transaction.atomic
def take_out_step(step, *, actor) -> None:
    """Nobody has to read it any more; who did keeps it. Publishes `path.step_taken_out`. The last step of a path in
    use stays (Refused)."""
    path = _locked(step.path, actor)
    if path.is_active and not path.steps.filter(is_active=True).exclude(pk=step.pk).exists():
        raise Refused(_("A path in use keeps one step at least. Take it out of use first."))
    PathStep.objects.filter(pk=step.pk).update(is_active=False)
    step.questions.all().delete()
    _tell_change(path, "step_taken_out", actor, step=step.pk)


@transaction.atomic
def keep_question(path, question, *, actor, **values) -> Question:
    """Add a question (None) or change one; publishes `path.question_kept`. Raises NotAllowed, InvalidInput."""
    path = _locked(path, actor)
    question = question or Question(path=path)
    changes = apply(question, values, QUESTION_FIELDS)
    checked(question, exclude=["options"])
    problem = _what_is_wrong(question.options)
    if problem:
        raise InvalidInput({"options_zh": [problem]})
    question.options = [
        {"zh": clean_text(o["zh"]), "en": clean_text(o["en"]), "is_right": bool(o["is_right"])}
        for o in question.options
    ]
    question.save()
    if changes:
        _tell_change(path, "question_kept", actor, question=question.pk)
    return question


@transaction.atomic
def remove_question(question, *, actor) -> None:
    """Take a question away; publishes `path.question_removed`. Tries that were made stay as they were counted."""
    path = _locked(question.path, actor)
    key = question.pk
    question.delete()
    _tell_change(path, "question_removed", actor, question=key)


def _what_is_wrong(options) -> str:
    if not 2 <= len(options) <= MOST_OPTIONS:
        return _("Give between 2 and %(most)s answers, one a line.") % {"most": MOST_OPTIONS}
    if any(len(option[language]) > 300 for option in options for language in ("zh", "en")):
        return _("An answer has at most %(limit)s characters.") % {"limit": 300}
    if not any(option["is_right"] for option in options):
        return _("Mark the right answers with a star (*) in front.")
    if all(option["is_right"] for option in options):
        return _("At least one answer has to be wrong.")
    return ""


def _locked(path, actor):
    path = ReadingPath.objects.select_for_update(of=("self",)).get(pk=path.pk)
    if not (actor.is_active and rules.keeps_path(actor, path)):
        raise NotAllowed()
    return path


def _tell_change(path, name, actor, **data):
    """Count the change of what the path asks: a certificate says by which version it was earned."""
    path.version += 1
    path.save(update_fields=["version"])
    _tell(path, name, actor, number=path.version, **data)


def _tell(path, name, actor, **data):
    events.publish(f"path.{name}", subject=path, actor=actor, is_public=False, **data)
