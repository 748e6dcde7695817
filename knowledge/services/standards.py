"""The templates of articles and the reviewer's checklist: kept by managers, answered by reviewers."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events
from knowledge import rules
from knowledge.models import ArticleTemplate, QualityAnswer
from knowledge.selectors import standards
from knowledge.services import door
from knowledge.vocabulary import Kind
from knowledge.workflow import IN_REVIEW

_TEMPLATE = ("kind", "name_zh", "name_en", "body_zh", "body_en", "audience", "review_months", "is_active")
_QUESTION = ("name_zh", "name_en", "kind", "is_mandatory", "position", "is_active")


@transaction.atomic
def keep_template(template, *, actor, **values) -> ArticleTemplate:
    """Store what articles begin with, new or changed; publishes `article_template.kept`. What is left out stays.

    Raises NotAllowed, InvalidInput, Refused (the last one on offer of its kind: then nothing would begin with it).
    """
    kept = _keep(template, _TEMPLATE, "article_template", actor, values)
    if not kept.body("zh-hans").strip():
        raise InvalidInput({"body_zh": [_("Write it in one language at least.")]})
    bare = [label for kind, label in Kind.choices if not standards.templates(kind).exists()]
    if bare:
        raise Refused(_("Every kind needs a template on offer. None would be left for: %(kind)s.") % {"kind": bare[0]})
    return kept


@transaction.atomic
def keep_quality_question(question, *, actor, **values):
    """Store a question of the checklist; publishes `quality_question.kept`. Answers given keep the words they had.

    Raises NotAllowed, InvalidInput.
    """
    return _keep(question, _QUESTION, "quality_question", actor, values)


@transaction.atomic
def check_quality(version, *, actor, answers, revision=None):
    """Answer the checklist about a version under review; publishes `article.checked` with how many of each.

    `answers` are {key of a question: (yes, no or na, remark)}; one given before is replaced, one left out stays. The
    text's revision does not move. Raises NotAllowed (writers), Stale, Refused (not under review), InvalidInput by
    `q<key>` (a no without a remark).
    """
    version = door.lock(version, revision=revision)
    if not (actor.is_active and rules.reviews(actor, version)):
        raise NotAllowed()
    if version.state != IN_REVIEW.key:
        raise Refused(_("Only what is under review is checked."))
    asked = {question.pk: question for question in standards.questions_for(version.article)}
    given = {key: (answer, clean_text(remark)[:300]) for key, (answer, remark) in answers.items() if key in asked}
    bare = [key for key, (answer, remark) in given.items() if answer == QualityAnswer.Answer.NO and not remark]
    if bare:
        raise InvalidInput({f"q{key}": [_("Say what is missing.")] for key in bare})
    at = clock.recorded_now()
    for key, (answer, remark) in given.items():
        said = {"answer": answer, "remark": remark, "answered_by": actor, "answered_at": at}
        said |= {"name_zh": asked[key].name_zh, "name_en": asked[key].name_en}
        QualityAnswer.objects.update_or_create(version=version, question=asked[key], defaults=said)
    if given:
        sums = {name: sum(answer == name for answer, _remark in given.values()) for name in QualityAnswer.Answer.values}
        door.publish(version, "checked", actor=actor, at=at, answers=sums)
    return version


def refuse_unchecked(version) -> None:
    """Raises Refused while the checklist keeps a version from being published, and says what is asked."""
    if not (unmet := standards.unmet(version)):
        return
    words = ngettext(
        "The checklist is not met: %(questions)s",
        "The checklist is not met in %(n)s points: %(questions)s",
        len(unmet),
    )
    raise Refused(words % {"n": len(unmet), "questions": " · ".join(question.name for question in unmet[:5])})


def _keep(row, columns, name, actor, values):
    if not rules.keeps_standards(actor):
        raise NotAllowed()
    for column in columns:
        value = values.get(column, getattr(row, column))
        # A Markdown text keeps its blank lines at the end: they are where its writer goes on.
        is_text = isinstance(value, str) and not column.startswith("body")
        setattr(row, column, clean_text(value) if is_text else value)
    faults = {} if row.name_zh or row.name_en else {"name_zh": [_("Write it in one language at least.")]}
    try:
        row.clean_fields()
    except ValidationError as error:
        faults |= error.message_dict
    if faults:
        raise InvalidInput(faults)
    row.save()
    events.publish(f"{name}.kept", subject=row, actor=actor, is_public=False, is_active=row.is_active)
    return row
