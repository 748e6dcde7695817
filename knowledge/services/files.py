"""Files of an article."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.uploads import refuse, taken_in
from knowledge.models import ArticleFile
from knowledge.services import door

MOST = 50


@transaction.atomic
def add_file(article, upload, *, actor) -> ArticleFile:
    """Keep a file with an article; publishes `article.illustrated`.

    Raises InvalidInput naming the file: too large, empty, a program, a name that is taken, one file too many.
    """
    door.require_writer(actor)
    kept = taken_in(upload)
    if article.files.count() >= MOST:
        refuse(_("An article carries at most %(limit)s files."), limit=MOST)
    if article.files.filter(name=kept.name).exists():
        refuse(_("There is a file called “%(name)s” already."), name=kept.name)
    at = clock.recorded_now()
    made = ArticleFile(article=article, uploaded_by=actor, created_at=at, **kept.facts())
    made.file.save(kept.name, kept.stored, save=True)
    door.publish(article.versions.first(), "illustrated", actor=actor, at=at, file=kept.name)
    return made


@transaction.atomic
def remove_file(file, *, actor) -> None:
    """Take a file away; publishes `article.file_removed`. Versions that show it show its words instead."""
    door.require_writer(actor)
    article, name, stored = file.article, file.name, file.file
    file.delete()
    transaction.on_commit(lambda: stored.delete(save=False))
    door.publish(article.versions.first(), "file_removed", actor=actor, at=clock.recorded_now(), file=name)
