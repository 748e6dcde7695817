"""Documents of an item: links and files come and go, and its history tells."""

from django.db import transaction
from django.utils.translation import gettext as _

from cmdb import rules
from cmdb.models import ItemDocument, ItemFile
from cmdb.services import keeping
from core import clock
from core.errors import NotAllowed
from core.text import clean_text
from core.uploads import refuse, taken_in

MOST_FILES = 50


@transaction.atomic
def add_document(item, *, actor, title, url):
    """Link a document; publishes `item.documented`."""
    item = _locked(item, actor)
    document = ItemDocument.objects.create(item_id=item.pk, title=clean_text(title)[:160], url=url)
    keeping.changed(item, "documented", actor, after={"document": document.title})
    return document


@transaction.atomic
def remove_document(document, *, actor):
    """Take a link away; publishes `item.undocumented`."""
    item = _locked(document.item, actor)
    document.delete()
    keeping.changed(item, "undocumented", actor, before={"document": document.title})


@transaction.atomic
def add_file(item, upload, *, actor) -> ItemFile:
    """Keep a file with an item; publishes `item.documented`.

    Raises NotAllowed, InvalidInput naming the file: too large, empty, a program, one file too many.
    """
    item = _locked(item, actor)
    kept = taken_in(upload)
    if item.files.count() >= MOST_FILES:
        refuse(_("An item carries at most %(limit)s files."), limit=MOST_FILES)
    made = ItemFile(item_id=item.pk, uploaded_by=actor, created_at=clock.recorded_now(), **kept.facts())
    made.file.save(kept.name, kept.stored, save=True)
    keeping.changed(item, "documented", actor, after={"document": made.name})
    return made


@transaction.atomic
def remove_file(file, *, actor):
    """Take a file away, its content once this is committed; publishes `item.undocumented`."""
    item, stored = _locked(file.item, actor), file.file
    file.delete()
    transaction.on_commit(lambda: stored.delete(save=False))
    keeping.changed(item, "undocumented", actor, before={"document": file.name})


def _locked(item, actor):
    if actor is not None and not (actor.is_active and rules.keeps_items(actor)):
        raise NotAllowed()
    return keeping.lock(item)
