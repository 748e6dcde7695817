"""An import on its way: uploaded, its columns named, checked, applied, undone. People order, `working` does."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from cmdb import rules, targets
from cmdb.models import ImportRun, RelationType, Source
from cmdb.services.importing.sources import keep_source, known_targets
from cmdb.vocabulary import RunState, SourceKind
from core import clock, readers
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events


def upload(source, *, actor, name, content) -> ImportRun:
    """Take a file in for a source of files; publishes `import.uploaded`.

    Raises NotAllowed, and InvalidInput with a sentence about the file where it cannot be read.
    """
    _require(actor, rules.keeps_items(actor))
    if source.kind != SourceKind.FILE or not source.is_active:
        raise InvalidInput({"source": [_("This source takes no files.")]})
    try:
        sheet = readers.read(content)
    except readers.Unreadable as problem:
        raise InvalidInput({"file": [str(problem)]}) from None
    with transaction.atomic():
        run = ImportRun(source=source, owner=actor, name=clean_text(name)[-200:] or "file",
                        created_at=clock.recorded_now())  # fmt: skip
        run.file.save("file", ContentFile(content), save=True)
        _publish(run, "uploaded", actor, file=run.name, columns=len(sheet.columns))
    return run


def start_source(*, actor, name, item_class, organisation=None) -> Source:
    """A new source of files with the usual settings, named as somebody typed it."""
    made = Source(slug=_free_slug(name, item_class), kind=SourceKind.FILE)
    return keep_source(made, actor=actor, name_zh=name, name_en=name, item_class=item_class, organisation=organisation)


def _free_slug(name, item_class):
    base = "".join(mark if mark.isascii() and mark.isalnum() else "-" for mark in name.lower()).strip("-")[:32]
    base = base or item_class.slug[:32]
    taken = set(Source.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 3) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


@transaction.atomic
def map_columns(run, columns, *, actor):
    """Say what each column means ({column: target}) and order the check; the source remembers it for the next file.

    Publishes `import.mapped`. Raises InvalidInput naming the columns at fault.
    """
    run = _locked(run, actor, RunState.UPLOADED, RunState.PLANNED, RunState.FAILED)
    columns = {column: target for column, target in columns.items() if target}
    known, problems = known_targets(run.source), {}
    for column, target in columns.items():
        if target not in known:
            problems[column] = [_("Choose one of the listed values.")]
        elif list(columns.values()).count(target) > 1:
            problems[column] = [_("Two columns mean the same: %(name)s.") % {"name": known[target]}]
    compared = [target for rule in [["key"], *run.source.rules] for target in rule]
    if not problems and not set(compared) & set(columns.values()):
        words = ", ".join(str(known[target]) for target in dict.fromkeys(compared) if target in known)
        problems[""] = [_("No column says which item is meant. Name at least one of: %(names)s.") % {"names": words}]
    if problems:
        raise InvalidInput(problems)
    Source.objects.filter(pk=run.source_id).update(columns={**run.source.columns, **columns})
    _order(run, RunState.PLANNING, columns=columns)
    _publish(run, "mapped", actor, columns=columns)
    return run


@transaction.atomic
def order_apply(run, *, actor):
    """Order that what was shown is written; publishes `import.ordered`."""
    run = _locked(run, actor, RunState.PLANNED)
    _order(run, RunState.APPLYING)
    _publish(run, "ordered", actor)
    return run


@transaction.atomic
def order_undo(run, *, actor):
    """Order that an applied import, or an agent's report, is taken back; publishes `import.undo_ordered`."""
    run = _locked(run, actor, RunState.APPLIED)
    _order(run, RunState.UNDOING, undone_by=actor)
    _publish(run, "undo_ordered", actor)
    return run


@transaction.atomic
def discard(run, *, actor):
    """Throw an import away that was not applied, and its file with it; publishes `import.discarded`."""
    run = _locked(run, actor, RunState.UPLOADED, RunState.PLANNED, RunState.FAILED)
    run.state = RunState.DISCARDED
    run.lines.all().delete()
    run.save(update_fields=["state"])
    _publish(run, "discarded", actor)
    transaction.on_commit(lambda: run.file.delete(save=False))
    return run


def sheet_of(run) -> readers.Sheet:
    """The file of a run as rows. Raises Unreadable."""
    return readers.read_stored(run.file)


def numbered_rows(run):
    """(line number, {target: text}, the line as read) of a run's file, by the columns of the run."""
    columns = run.columns
    for number, raw in sheet_of(run).rows:
        yield number, {target: raw[column] for column, target in columns.items() if column in raw}, raw


def guessed(run, sheet) -> dict:
    """{column: target}: as this run or the source's last file had it, else by the headings."""
    known = known_targets(run.source)
    asked = [one for one in run.source.item_class.all_attributes() if one.retired_at is None]
    kept = run.columns or run.source.columns
    found = {column: kept[column] for column in sheet.columns if kept.get(column) in known}
    by_name = targets.guess(
        [column for column in sheet.columns if column not in kept], asked, RelationType.objects.all()
    )
    return found | {column: target for column, target in by_name.items() if target not in found.values()}


def _order(run, state, **more):
    more = {"state": state, "done": 0, "total": 0, "attempts": 0, "problem": "", **more}
    for name, value in more.items():
        setattr(run, name, value)
    run.save(update_fields=list(more))


def _locked(run, actor, *states):
    _require(actor, rules.keeps_items(actor) and rules.leads_import(actor, run))
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("source__item_class").get(pk=run.pk)
    if run.state not in states:
        raise Refused(_("This import is “%(state)s” by now.") % {"state": run.get_state_display()})
    return run


def _require(actor, is_right):
    if not (actor.is_active and is_right):
        raise NotAllowed()


def _publish(run, done, actor, **data):
    events.publish(f"import.{done}", subject=run, actor=actor, is_public=False, source=run.source.slug, **data)
