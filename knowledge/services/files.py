"""Files of a version: added and taken away while it is a draft, reviewed with its text, carried on by the next one."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import Refused
from core.uploads import refuse, taken_in
from knowledge.models import ArticleFile
from knowledge.services import door

MOST = 50


@transaction.atomic
def add_file(version, upload, *, actor) -> ArticleFile:
    """Keep a file with a draft; publishes `article.illustrated`. Whoever adds one has a hand in the version.

    Raises Refused (no draft any more), NotAllowed, InvalidInput naming the file: too large, empty, a program, a name
    that is taken in this version, one file too many.
    """
    version = _lock_draft(version, actor)
    kept = taken_in(upload)
    if version.files.count() >= MOST:
        refuse(_("An article carries at most %(limit)s files."), limit=MOST)
    if version.files.filter(name=kept.name).exists():
        refuse(_("There is a file called “%(name)s” already."), name=kept.name)
    at = clock.recorded_now()
    made = ArticleFile(article=version.article, uploaded_by=actor, created_at=at, **kept.facts())
    made.file.save(kept.name, kept.stored, save=True)
    version.files.add(made)
    _note(version, "illustrated", made, actor=actor, at=at)
    return made


@transaction.atomic
def remove_file(version, file, *, actor) -> None:
    """Take a file out of a draft; publishes `article.file_removed`. The draft shows its words instead.

    Other versions keep it; only what no version carries any more is deleted. Raises Refused, NotAllowed.
    """
    version = _lock_draft(version, actor)
    version.files.remove(file)
    _note(version, "file_removed", file, actor=actor, at=clock.recorded_now())
    if not file.versions.exists():
        stored = file.file
        file.delete()
        transaction.on_commit(lambda: stored.delete(save=False))


def _lock_draft(version, actor):
    version = door.lock(version)
    door.require_writer(actor)
    if not version.is_editable:
        raise Refused(_("Only a draft can be written on. Take it back or begin the next version."))
    return version


def _note(version, name, file, *, actor, at):
    """To the ledger. No revision is counted: the text that somebody has open beside it stands as it did."""
    if actor.pk not in version.writers:
        version.writers.append(actor.pk)
        version.save(update_fields=["writers"])
    door.publish(version, name, actor=actor, at=at, file=file.name)
