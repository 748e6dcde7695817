"""The long work of an import: each step one transaction, its progress seen from outside, safe to begin twice."""

import logging
from contextlib import contextmanager
from functools import partial

from django.db import DatabaseError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cmdb.models import ImportLine, ImportRun
from cmdb.models.imports import WORKING
from cmdb.services import unique
from cmdb.services.importing import runs
from cmdb.services.importing.reconciling import plan
from cmdb.services.importing.understanding import Understanding
from cmdb.services.importing.undoing import Undoer
from cmdb.services.importing.writing import Writer
from cmdb.vocabulary import RunState
from core import clock, readers
from core.progress import Progress
from events import services as events

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
# Advisory locks: one for whoever writes from sources, one a run. The number only has to be ours.
_LOCKS = 0x1735


class _Moved(Exception):
    """The database changed since the plan was shown."""


def work(run_id) -> None:
    """Do what a run waits for. Returns at once where another worker is at it, or nothing waits.

    A run that fails or kills its worker three times is given up and says so.
    """
    if not _begin(run_id):
        return
    run = ImportRun.objects.select_related("source__item_class", "owner", "undone_by").get(pk=run_id)
    with translation.override(run.owner.language if run.owner else translation.get_language()):
        try:
            with transaction.atomic(), Progress(run) as progress:
                if _locks(run) and _still_waits(run):
                    _check_as_we_go()
                    _STEPS[run.state](run, progress)
        except readers.Unreadable as problem:
            _give_up(run, str(problem))
        except unique.Overtaken:
            logger.info("import %s was overtaken by somebody who wrote the same; it is looked at again", run_id)
            work(run_id)
        except _Moved:
            words = _("The database changed since this was checked. Look at it again before you apply it.")
            ImportRun.objects.filter(pk=run_id).update(state=RunState.PLANNING, attempts=0, problem=words)
            work(run_id)
        except Exception as error:
            logger.exception("import %s failed while it was %s", run_id, run.state)
            if run.attempts >= MOST_ATTEMPTS or not isinstance(error, DatabaseError):
                _give_up(run, _("It failed and was given up; nothing was written. The log says why."))


def work_all() -> None:
    """Runs that nobody finished: the broker was away, or a worker was killed."""
    for run_id in ImportRun.objects.filter(state__in=WORKING).order_by("pk").values_list("pk", flat=True):
        work(run_id)


@contextmanager
def alone():
    """The transaction of whoever writes from a source: two at once could both make the same new item. Waits."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_LOCKS])
        yield


def _plan(run, progress):
    made = plan(run, partial(runs.numbered_rows, run), progress=progress)
    run.counts, run.digest, run.state = made.counts, made.digest, RunState.PLANNED
    _finish(run, "planned", ["counts", "digest", "state"])


def _apply(run, progress):
    """Plan again with everything locked; write only where the plan is still the one that was shown."""
    progress.total, since = 2 * run.rows, unique.begin()
    made = plan(run, partial(runs.numbered_rows, run), is_locking=True, progress=progress)
    if made.digest != run.digest:
        raise _Moved
    understanding = Understanding(run.source, run.owner)
    Writer(run, understanding).write(made.seen, lambda done: progress(run.rows + done))
    unique.look_again(run, since, understanding.attributes_of)
    run.state, run.applied_at = RunState.APPLIED, clock.recorded_now()
    _finish(run, "applied", ["state", "applied_at"])


def _undo(run, progress):
    progress.total = ImportLine.objects.filter(run=run).exclude(claims={}).count()
    undoer, since = Undoer(run, run.undone_by), unique.begin()
    undoer.undo(progress)
    unique.look_again(run, since, undoer.understanding.attributes_of)
    run.state, run.undone_at = RunState.UNDONE, clock.recorded_now()
    _finish(run, "undone", ["state", "undone_at"])


_STEPS = {RunState.PLANNING: _plan, RunState.APPLYING: _apply, RunState.UNDOING: _undo}


def _finish(run, done, columns):
    run.save(update_fields=columns)
    events.publish(f"import.{done}", subject=run, actor=run.owner, is_public=False, source=run.source.slug,
                   counts=run.counts)  # fmt: skip


def _begin(run_id) -> bool:
    """Count an attempt, committed before the work; False where nothing is to be done, or somebody is doing it."""
    with transaction.atomic():
        run = ImportRun.objects.filter(pk=run_id, state__in=WORKING).first()
        if run is None or not _locks(run):
            return False
        if run.attempts >= MOST_ATTEMPTS:
            _give_up(run, _("It failed and was given up; nothing was written. The log says why."))
            return False
        run.attempts += 1
        run.save(update_fields=["attempts"])
        return True


def _check_as_we_go():
    """Keys of a hundred thousand rows, all checked in the commit, would be one statement beyond its time limit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _still_waits(run) -> bool:
    """Whether nobody did it between the first look and the lock."""
    run.refresh_from_db(fields=["state", "digest", "counts"])
    return run.state in WORKING


def _give_up(run, problem):
    """Back to where it was before the order, with the reason; a file that cannot even be checked has failed."""
    back = {RunState.APPLYING: RunState.PLANNED, RunState.UNDOING: RunState.APPLIED}.get(run.state, RunState.FAILED)
    ImportRun.objects.filter(pk=run.pk).update(state=back, problem=problem[:500])


def _locks(run) -> bool:
    """Take the lock of this run and, where items will be written, the one of all who write. Never waits."""
    wanted = [run.pk] if run.state == RunState.PLANNING else [run.pk, 0]
    with connection.cursor() as cursor:
        for number in wanted:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCKS, number])
            if not cursor.fetchone()[0]:
                return False
    return True
