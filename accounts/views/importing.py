"""The administrators' pages of a directory import: upload, columns, what it would do, done."""

from itertools import islice

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.directory_columns import SHORT, guessed
from accounts.forms.importing import DirectoryColumnsForm, DirectoryForm
from accounts.forms.service_form import add_refusal
from accounts.models import DirectoryImport, DirectoryLine
from accounts.services import directory
from accounts.views.guards import administrators_only
from core import readers
from core.errors import InvalidInput, Refused
from core.htmx import fragment_or_page, go_to

PAGE = 50
SAMPLE = 4
# A file up to this size (bytes) is worked off in the request; a larger one by a worker, with progress.
AT_ONCE = 20_000
ACTS = {"apply": directory.order_apply, "discard": directory.discard}


@administrators_only
def directories(request):
    """Imports that were not discarded, and the form for a new one."""
    own = {"organisation": request.user.organisation_id}
    form = DirectoryForm(request.POST or None, request.FILES or None, initial=own)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = directory.upload(
                actor=request.user, organisation=given["organisation"], name=given["file"].name,
                content=given["file"].read(),
            )  # fmt: skip
            return redirect("accounts:directory_columns", made.pk)
        except Refused as refusal:
            add_refusal(form, refusal)
    runs = DirectoryImport.objects.exclude(state="discarded").select_related("owner", "organisation")[:PAGE]
    context = {"form": form, "runs": runs}
    return render(request, "accounts/directories.html", context, status=422 if form.errors else 200)


@administrators_only
def columns(request, pk):
    """What each column means, with the first rows of the file beside it."""
    run = _run(pk)
    try:
        sheet = directory.sheet_of(run)
        sample = list(islice(sheet.rows, SAMPLE))
    except readers.Unreadable as problem:
        messages.error(request, str(problem))
        return redirect("accounts:directory", pk)
    form = DirectoryColumnsForm(sheet.columns, request.POST or None, initial=run.columns or guessed(sheet.columns))
    if request.method == "POST" and form.is_valid():
        try:
            directory.map_columns(run, form.named(), actor=request.user)
            return _worked_off(run)
        except InvalidInput as refusal:
            form.refuse(refusal.fields)
    told = [(form[f"column_{n}"], [row.get(name, "") for _n, row in sample]) for n, name in enumerate(sheet.columns)]
    context = {"run": run, "form": form, "told": told}
    return render(request, "accounts/directory_columns.html", context, status=422 if form.errors else 200)


@administrators_only
@require_safe
def run_page(request, pk):
    """How far it is, line by line what it does or did, and who is missing."""
    run, url = _run(pk), reverse("accounts:directory", args=[pk])
    if request.htmx and not run.is_working:
        return go_to(request, url)
    verdict, after = request.GET.get("verdict", ""), request.GET.get("after", "")
    lines = run.lines.select_related("person")
    lines = lines.filter(verdict=verdict) if verdict in DirectoryLine.Verdict.values else lines.exclude(verdict="same")
    lines = lines.filter(pk__gt=int(after)) if after.isdecimal() and len(after) < 18 else lines
    rows = list(lines[: PAGE + 1])
    context = {
        "run": run,
        "url": url,
        "verdict": verdict,
        "counts": [(one, run.counts.get(one.value, 0)) for one in DirectoryLine.Verdict],
        "rows": [(line, [(SHORT.get(name, name), *pair) for name, pair in line.diff.items()]) for line in rows[:PAGE]],
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "writes": run.counts.get("create", 0) + run.counts.get("update", 0),
        "too_many_missing": run.counts.get("share", 0) if not run.counts.get("missing") else 0,
    }
    return fragment_or_page(request, "accounts/directory.html", "accounts/_directory_progress.html", context)


@administrators_only
@require_POST
def act(request, pk, name):
    """Apply or discard."""
    if name not in ACTS:
        raise Http404
    run = _run(pk)
    ACTS[name](run, actor=request.user)
    if name == "discard":
        messages.success(request, _("Discarded. Nothing was written."))
        return redirect("accounts:directories")
    return _worked_off(run)


def _worked_off(run):
    if run.file.size <= AT_ONCE:
        directory.work(run.pk)
    return redirect("accounts:directory", run.pk)


def _run(pk):
    return get_object_or_404(DirectoryImport.objects.select_related("owner", "organisation"), pk=pk)
