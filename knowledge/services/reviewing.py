"""Moving a version through its life: reviewed by another, published, confirmed, retired."""

from django.db import transaction
from django.db.models import Model

from core import clock
from core.errors import Refused
from events import selectors as ledger
from knowledge.models import ArticleVersion
from knowledge.services import confirming, door, standards
from knowledge.workflow import ARTICLE, CURRENT, IN_REVIEW, OUTDATED, PUBLISHED, RETIRED, SCHEDULED

_WRITTEN = ("state", "reviewer", "review_by", "publish_at", "published_at")


@transaction.atomic
def take_step(version, name, *, actor, values=None, revision=None) -> ArticleVersion:
    """Take one arrow of the table; publishes `article.<done>`. `actor` None is the system.

    What is published makes the version before outdated; what is retired takes its translations along, so that no
    language goes on telling what another has withdrawn. Nothing is approved while a mandatory question of the
    reviewer's checklist is open or answered with no. Raises Stale, InvalidInput, NotAllowed, Refused.
    """
    values = values or {}
    version = door.lock(version, revision=revision)
    step = ARTICLE.check(name, actor, version, values)
    at = clock.recorded_now()
    if version.state == IN_REVIEW.key and step.target in (PUBLISHED, SCHEDULED):
        standards.refuse_unchecked(version)
    if step.effect:
        step.effect(version, values, actor=actor, at=at)
    if step.target == PUBLISHED and version.state not in CURRENT:
        _supersede(version, actor=actor)
    version.state = step.target.key
    told = {key: value.pk if isinstance(value, Model) else value for key, value in values.items() if value}
    door.write(version, step.done, actor=actor, at=at, columns=_WRITTEN, values=told)
    confirming.close(version, step.name, at=at)
    if step.name == "retire" and version.language == version.article.source_language:
        _retire_translations(version, actor=actor)
    return version


def publish_due() -> int:
    """Publish what was approved for a time that has come; returns how many. Safe to run at any time."""
    due = ArticleVersion.objects.filter(state="scheduled", publish_at__lte=clock.recorded_now()).order_by("publish_at")
    published = 0
    for version in due:
        try:
            take_step(version, "publish", actor=None)
            published += 1
        except Refused:
            _tell_held_up(version.pk)
    return published


@transaction.atomic
def _tell_held_up(pk):
    """Publish `article.held_up` once for every time that a version was approved for and could not be published at.

    Its owner or a group that it was meant for is gone. It is published as soon as somebody has mended that.
    """
    version = door.lock(ArticleVersion(pk=pk))
    if version.state != SCHEDULED.key or not version.article.what_is_missing():
        return
    said = ledger.timeline_of(version.article, public_only=False).filter(name="article.held_up")
    at = version.publish_at.isoformat()
    if not said.filter(data__edition=pk, data__publish_at=at).exists():
        door.publish(version, "held_up", actor=None, at=clock.recorded_now(), publish_at=at)


def _supersede(version, *, actor):
    """The current version of the same language makes room for the next one, in the same transaction."""
    siblings = ArticleVersion.objects.filter(article=version.article_id, language=version.language)
    for before in siblings.current():
        _end(before, OUTDATED, "superseded", actor=actor)


def _retire_translations(version, *, actor):
    others = ArticleVersion.objects.filter(article=version.article_id).exclude(language=version.language)
    for translation in others.current():
        _end(translation, RETIRED, "retired", actor=actor)


def _end(version, state, done, *, actor):
    version = door.lock(version)
    version.state = state.key
    door.write(version, done, actor=actor, columns=["state"])
    confirming.close(version, done, at=version.changed_at)
