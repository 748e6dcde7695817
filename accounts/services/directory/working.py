"""The long work of a directory. Checking is applying that is taken back: both run the same lines."""

import json
import logging
from hashlib import sha256

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import DirectoryImport, DirectoryLine, User
from accounts.services.directory.runs import State, sheet_of
from accounts.services.directory.writing import Verdict, Writer
from core import clock, readers
from core.progress import Progress
from events.services import publish

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
# An advisory lock: two directories at once could both make the same new person. The number only has to be ours.
_LOCK = 0x1736


class _TakenBack(Exception):
    """Ends the transaction of a check, and of an application that is not what was shown."""


def work(run_id) -> None:
    """Do what a run waits for. Returns at once where another worker is at it, or nothing waits.

    A file that cannot be read fails with its reason; one that kills its worker three times is given up.
    """
    run = _begin(run_id)
    if run is None:
        return
    with translation.override(run.owner.language):
        try:
            _work(run)
        except readers.Unreadable as problem:
            _give_up(run, str(problem))
        except Exception as error:
            logger.exception("directory %s failed while it was %s", run_id, run.state)
            if run.attempts >= MOST_ATTEMPTS or not isinstance(error, DatabaseError):
                _give_up(run, _("It failed and was given up; nothing was written. The log says why."))


def work_all() -> None:
    """Runs that nobody finished: the broker was away, or a worker was killed."""
    waiting = DirectoryImport.objects.filter(state__in=DirectoryImport.WORKING)
    for run_id in waiting.order_by("pk").values_list("pk", flat=True):
        work(run_id)


def _work(run):
    lines, counts, digest = [], {}, ""
    try:
        with transaction.atomic(), Progress(run) as progress:
            _wait_for_turn()
            if not DirectoryImport.objects.filter(pk=run.pk, state=run.state).exists():
                return  # Somebody did it while this one waited.
            lines, counts, digest = _write_all(run, progress)
            if run.state != State.APPLYING or digest != run.digest:
                raise _TakenBack
            _keep(run, lines, counts, digest, State.APPLIED)
            # The lines are the report; a roll of names is kept no longer than it is needed.
            transaction.on_commit(lambda: run.file.delete(save=True))
            publish("directory_import.applied", subject=run, actor=run.owner, is_public=False, counts=counts)
    except _TakenBack:
        was_ordered = run.state == State.APPLYING
        for line in lines:
            if line.verdict == Verdict.CREATE:
                line.person = None
        with transaction.atomic():
            _keep(run, lines, counts, digest, State.PLANNED)
            if was_ordered:
                run.problem = _("The directory changed since this was checked. Look at it again before you apply it.")
                run.save(update_fields=["problem"])


def _write_all(run, progress):
    """(lines, counts, digest) of the whole file, written; who calls takes it back or keeps it."""
    writer, rows = Writer(run), []
    sheet = list(sheet_of(run).rows)
    progress.total = len(sheet)
    for number, raw in sheet:
        rows.append(writer.write(number, {target: raw.get(column, "") for column, target in run.columns.items()}))
        progress(len(rows))
    writer.finish(rows)
    lines = [row.line for row in rows]
    counts = {verdict.value: sum(line.verdict == verdict for line in lines) for verdict in Verdict}
    missing, counts["share"] = _missing(run, writer.mentioned | set(writer.seen))
    lines += [DirectoryLine(run=run, number=0, verdict=Verdict.MISSING, person=one, label=one.name) for one in missing]
    counts |= {Verdict.MISSING.value: len(missing), "departments": writer.made}
    return lines, counts, _digest_of(lines)


def _missing(run, seen):
    """(people whom the file does not name, share of all in percent).

    Only who has a staff number can be missing, and nobody whom a wrong line names. Above DIRECTORY_MISSING_SHARE
    percent nobody is listed: such a file is a part of the directory, or a broken one.
    """
    known = User.objects.active().filter(organisation=run.organisation).exclude(staff_number="")
    everybody = list(known.order_by("name", "pk"))
    missing = [person for person in everybody if person.pk not in seen]
    share = round(100 * len(missing) / len(everybody)) if everybody else 0
    return ([] if share > settings.DIRECTORY_MISSING_SHARE else missing), share


def _digest_of(lines) -> str:
    told = [[line.number, line.verdict, line.label, line.diff, line.message] for line in lines]
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _keep(run, lines, counts, digest, state):
    """Lines that change nothing are counted and not kept."""
    run.lines.all().delete()
    for line in lines:
        line.pk = None
    DirectoryLine.objects.bulk_create(
        [line for line in lines if line.verdict != Verdict.SAME or line.message], batch_size=1000
    )
    run.counts, run.digest, run.state = counts, digest, state
    run.applied_at = clock.recorded_now() if state == State.APPLIED else None
    run.save(update_fields=["counts", "digest", "state", "applied_at"])


def _begin(run_id) -> DirectoryImport | None:
    """Count an attempt, committed before the work."""
    with transaction.atomic():
        waiting = DirectoryImport.objects.select_for_update(of=("self",), skip_locked=True)
        run = (
            waiting.filter(pk=run_id, state__in=DirectoryImport.WORKING).select_related("owner", "organisation").first()
        )
        if run is None:
            return None
        if run.attempts >= MOST_ATTEMPTS:
            _give_up(run, _("It failed and was given up; nothing was written. The log says why."))
            return None
        run.attempts += 1
        run.save(update_fields=["attempts"])
        return run


def _wait_for_turn():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_LOCK])


def _give_up(run, problem):
    back = State.PLANNED if run.state == State.APPLYING else State.FAILED
    DirectoryImport.objects.filter(pk=run.pk).update(state=back, problem=problem[:500])
