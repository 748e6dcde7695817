"""A directory on its way: uploaded, its columns named, applied or thrown away. People order, `working` does."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.directory_columns import KEYS, TARGETS
from accounts.models import DirectoryImport
from accounts.services.writing import require_administrator
from core import clock, readers
from core.errors import InvalidInput, Refused
from core.text import clean_text
from events.services import publish

State = DirectoryImport.State


@transaction.atomic
def upload(*, actor, organisation, name, content) -> DirectoryImport:
    """Take a file in; publishes `directory_import.uploaded`. Raises NotAllowed, InvalidInput (cannot be read)."""
    require_administrator(actor)
    try:
        readers.read(content)
    except readers.Unreadable as problem:
        raise InvalidInput({"file": [str(problem)]}) from None
    run = DirectoryImport(
        organisation=organisation, owner=actor, name=clean_text(name)[-200:] or "file", created_at=clock.recorded_now()
    )
    run.file.save("file", ContentFile(content), save=True)
    _publish(run, "uploaded", actor, file=run.name)
    return run


@transaction.atomic
def map_columns(run, columns, *, actor) -> DirectoryImport:
    """Say what each column means ({column: target}) and order the check. Raises InvalidInput naming columns."""
    run = _locked(run, actor, State.UPLOADED, State.PLANNED, State.FAILED)
    columns = {column: target for column, target in columns.items() if target}
    problems = {}
    for column, target in columns.items():
        if target not in TARGETS:
            problems[column] = [_("Choose one of the listed values.")]
        elif list(columns.values()).count(target) > 1:
            problems[column] = [_("Two columns mean the same: %(name)s.") % {"name": TARGETS[target]}]
    if not problems and not set(KEYS) & set(columns.values()):
        words = ", ".join(str(TARGETS[key]) for key in KEYS)
        problems[""] = [_("No column says who is meant. Name at least one of: %(names)s.") % {"names": words}]
    if problems:
        raise InvalidInput(problems)
    _order(run, State.PLANNING, columns=columns)
    return run


@transaction.atomic
def order_apply(run, *, actor) -> DirectoryImport:
    """Order that what was shown is written; publishes `directory_import.ordered`."""
    run = _locked(run, actor, State.PLANNED)
    _order(run, State.APPLYING)
    _publish(run, "ordered", actor)
    return run


@transaction.atomic
def discard(run, *, actor) -> DirectoryImport:
    """Throw away what was not applied, and its file with it; publishes `directory_import.discarded`."""
    run = _locked(run, actor, State.UPLOADED, State.PLANNED, State.FAILED)
    run.state = State.DISCARDED
    run.lines.all().delete()
    run.save(update_fields=["state"])
    _publish(run, "discarded", actor)
    transaction.on_commit(lambda: run.file.delete(save=False))
    return run


def sheet_of(run) -> readers.Sheet:
    """The file of a run as rows. Raises Unreadable."""
    return readers.read_stored(run.file)


def _order(run, state, **more):
    more = {"state": state, "done": 0, "total": 0, "attempts": 0, "problem": "", **more}
    for name, value in more.items():
        setattr(run, name, value)
    run.save(update_fields=list(more))


def _locked(run, actor, *states):
    require_administrator(actor)
    run = DirectoryImport.objects.select_for_update().get(pk=run.pk)
    if run.state not in states:
        raise Refused(_("This import is “%(state)s” by now.") % {"state": run.get_state_display()})
    return run


def _publish(run, done, actor, **data):
    publish(f"directory_import.{done}", subject=run, actor=actor, is_public=False, **data)
