"""What every command on a version does first and last: lock, refuse the stale, write, publish to the ledger."""

from core import clock
from core.errors import NotAllowed, Stale
from events import selectors as ledger
from events import services as events
from knowledge import rules
from knowledge.models import ArticleVersion


def lock(version, *, revision=None) -> ArticleVersion:
    """The version, locked until the transaction ends, with its article.

    Raises Stale when `revision` is given and somebody wrote since; its changes are the ledger's events since then.
    """
    versions = ArticleVersion.objects.select_related("article", "translated_from")
    locked = versions.select_for_update(of=("self",)).get(pk=version.pk)
    if revision is not None and revision != locked.revision:
        missed = ledger.since(locked.article, revision).filter(data__edition=locked.pk)
        raise Stale(current=locked.revision, changes=missed)
    return locked


def write(version, name, *, actor, at=None, columns=(), **data):
    """Count the change, save `columns`, publish `article.<name>` on the article. Returns the event."""
    version.changed_at = at or clock.recorded_now()
    version.revision += 1
    version.save(update_fields={*columns, "changed_at", "revision"})
    return publish(version, name, actor=actor, at=version.changed_at, **data)


def publish(version, name, *, actor, at, **data):
    return events.publish(
        f"article.{name}", subject=version.article, actor=actor, at=at, is_public=False,
        edition=version.pk, language=version.language, number=version.number, version=version.revision,
        state=version.state, **data,
    )  # fmt: skip


def require_writer(actor) -> None:
    if not (actor.is_active and rules.writes_articles(actor)):
        raise NotAllowed()
