"""What an agent reports of one machine: the same plan as a file's, written at once."""

from typing import NamedTuple

from cmdb.models import Claim, ConfigurationItem, ImportLine, ImportRun, Source
from cmdb.services import unique
from cmdb.services.importing.reconciling import plan
from cmdb.services.importing.understanding import Understanding
from cmdb.services.importing.working import alone
from cmdb.services.importing.writing import Writer
from cmdb.vocabulary import RunState
from core import clock
from events import services as events


class Report(NamedTuple):
    """The item it is about, None where nobody can tell or the report was refused; and the line that is kept of it."""

    item: ConfigurationItem | None
    line: ImportLine | None


def take_report(source, *, key, cells, details=None) -> Report:
    """Reconcile what an agent says of the machine it calls `key`; `cells` is {target: text}, `details` is kept beside.

    A report that changes nothing confirms the record and leaves no run behind. Publishes `import.applied` for others.
    """
    try:
        return _taken(source, key, cells, details)
    except unique.Overtaken:
        return _taken(source, key, cells, details)  # what somebody wrote in that instant is seen now


def _taken(source, key, cells, details) -> Report:
    with alone():
        at, since = clock.recorded_now(), unique.begin()
        run = ImportRun.objects.create(
            source=source, name=key[:200], state=RunState.APPLIED, created_at=at, applied_at=at
        )
        made = plan(run, lambda: iter([(1, cells | {"key": key}, cells)]), is_locking=True)
        understanding = Understanding(source, None)
        Writer(run, understanding).write(made.seen)
        line = run.lines.first()
        if line is None:
            run.delete()
        else:
            unique.look_again(run, since, understanding.attributes_of)
            run.counts, run.digest = made.counts, made.digest
            run.save(update_fields=["counts", "digest"])
            events.publish("import.applied", subject=run, actor=None, is_public=False, source=source.slug,
                           counts=run.counts)  # fmt: skip
        Source.objects.filter(pk=source.pk).update(heard_at=at)
        claim = Claim.objects.filter(source=source, key=key[:200]).select_related("item").first()
        if claim is not None and details and claim.details != details:
            Claim.objects.filter(pk=claim.pk).update(details=details)
        return Report(claim and claim.item, line)
