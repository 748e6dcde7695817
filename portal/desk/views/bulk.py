"""Bulk acts: ask for what is needed, do it or hand it to a worker, show what became of each row."""

import logging

from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError

from core.access import desk_view
from core.errors import InvalidInput, NotAllowed
from core.htmx import fragment_or_page
from portal.desk import bulk, query
from portal.tasks import run_bulk_job
from tickets.models import BulkJob, Ticket

logger = logging.getLogger(__name__)


@desk_view
@require_POST
def start(request):
    """Ticked rows (or everything the address lists) and an action; a second post with `go` does it."""
    action = bulk.BY_NAME.get(request.POST.get("action", ""))
    if action is None:
        raise InvalidInput({"action": [_("Choose what to do with them.")]})
    ids = _chosen(request)
    if not ids:
        raise InvalidInput({"tickets": [_("Tick at least one ticket.")]})
    form = action.form(request.user, ids)
    is_sent = "go" in request.POST or not form.fields
    if is_sent:
        form = action.form(request.user, ids, request.POST)
    if not (is_sent and form.is_valid()):
        context = {"action": action, "form": form, "ids": ids, "total": len(ids)}
        status = 422 if is_sent else 200
        return fragment_or_page(request, "desk/bulk.html", "desk/_bulk.html", context, status=status)
    job = bulk.order(owner=request.user, action=action.name, values=form.cleaned_data, ids=ids)
    return _worked_off(request, job)


@desk_view
@require_GET
def job(request, pk):
    """Progress and outcome of one of one's own jobs."""
    found = BulkJob.objects.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return fragment_or_page(request, "desk/bulk_job.html", "desk/_bulk_progress.html", _outcome(request, found))


@desk_view
@require_GET
def jobs(request):
    return render(request, "desk/bulk_jobs.html", {
        "jobs": [(row, bulk.BY_NAME[row.action]) for row in BulkJob.objects.visible_to(request.user)[:30]],
    })  # fmt: skip


@desk_view
@require_POST
def undo(request, pk):
    """Take a finished job of one's own back, row by row."""
    done = BulkJob.objects.visible_to(request.user).filter(pk=pk).first()
    if done is None:
        raise Http404
    if not bulk.may_undo(done, request.user):
        raise NotAllowed
    return _worked_off(request, bulk.order_undo(done))


def _worked_off(request, job):
    """A few rows are done at once, many are left to a worker."""
    if job.total <= bulk.AT_ONCE:
        bulk.run(job.pk)
    else:
        _wake_worker(job)
    if request.htmx:
        job.refresh_from_db()
        return render(request, "desk/_bulk_outcome.html", _outcome(request, job) | {"is_dialog": True})
    return redirect("desk:bulk-job", pk=job.pk)


def _wake_worker(job):
    try:
        run_bulk_job.apply_async(kwargs={"job_id": job.pk}, retry=False)
    except OperationalError:
        # The job is a row: the sweep starts it as soon as the broker is back.
        logger.warning("bulk job %s waits: the broker is away", job.pk)


def _chosen(request) -> list[int]:
    """Visible tickets among those named, or the first thousand of the whole queue asked for, in queue order."""
    if request.POST.get("everything"):
        asked = query.read(request.user, QueryDict(request.POST.get("query", "")[:500]))
        return list(query.tickets_for(request.user, asked).order_by("pk").values_list("pk", flat=True)[: bulk.MOST])
    named = [int(pk) for pk in request.POST.getlist("tickets")[: bulk.MOST] if pk.isdecimal() and len(pk) < 18]
    visible = Ticket.objects.visible_to(request.user).filter(pk__in=named)
    return list(visible.order_by("pk").values_list("pk", flat=True))


def _outcome(request, job):
    return {
        "may_undo": bulk.may_undo(job, request.user),
        "job": job,
        "action": bulk.BY_NAME[job.action],
        "refused": job.refused,
        "succeeded": job.done - len(job.refused),
        "url": reverse("desk:bulk-job", args=[job.pk]),
    }
