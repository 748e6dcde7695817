"""Imports: a file comes in, its columns are named, what it would do is shown, done, and undone."""

import csv
from itertools import islice

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.service_form import add_refusal
from cmdb import rules
from cmdb.forms.importing import ColumnsForm, UploadForm
from cmdb.models import ImportRun
from cmdb.selectors import importing as selectors
from cmdb.services import importing
from cmdb.vocabulary import RunState, Verdict
from core import readers
from core.access import desk_view
from core.errors import InvalidInput, Refused
from core.htmx import fragment_or_page, go_to
from core.text import safe_cell

# A file up to this size is worked off in the request; a larger one by a worker, with progress.
AT_ONCE = 200_000
SAMPLE = 5
BOM = "\ufeff"
ACTS = {"apply": importing.order_apply, "undo": importing.order_undo, "discard": importing.discard}


def found_run(request, pk):
    runs = ImportRun.objects.visible_to(request.user).select_related("source__item_class", "owner", "undone_by")
    return get_object_or_404(runs, pk=pk)


@desk_view
@require_safe
def runs(request):
    typed = request.GET.get("before", "")
    found = list(selectors.runs_for(request.user, before=int(typed) if typed.isdecimal() and len(typed) < 18 else None))
    more = found[selectors.PAGE - 1].pk if len(found) > selectors.PAGE else None
    return render(request, "cmdb/imports.html", {"runs": found[: selectors.PAGE], "more": more})


@desk_view
def new(request):
    form = UploadForm(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            content = given["file"].read()
            readers.read(content)  # a file nobody can read leaves no source behind
            source = given["source"] or importing.start_source(
                actor=request.user, name=given["name"], item_class=given["item_class"],
                organisation=given["organisation"],
            )  # fmt: skip
            made = importing.upload(source, actor=request.user, name=given["file"].name, content=content)
            return redirect("cmdb:import-columns", made.pk)
        except readers.Unreadable as problem:
            form.add_error("file", str(problem))
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "cmdb/import_new.html", {"form": form}, status=422 if form.is_bound else 200)


@desk_view
def columns(request, pk):
    """What each column means, with the first rows of the file beside it."""
    one = found_run(request, pk)
    try:
        sheet = importing.sheet_of(one)
        sample = list(islice(sheet.rows, SAMPLE))
    except readers.Unreadable as problem:
        messages.error(request, str(problem))
        return redirect("cmdb:import", pk)
    form = ColumnsForm(one, sheet.columns, request.POST or None, initial=importing.guessed(one, sheet))
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            importing.map_columns(one, form.named(), actor=request.user)
            return _worked_off(one)
        except InvalidInput as refusal:
            form.refuse(refusal.fields)
    told = [(form[f"column_{n}"], [row.get(name, "") for _n, row in sample]) for n, name in enumerate(sheet.columns)]
    return render(request, "cmdb/import_columns.html", {"run": one, "form": form, "told": told}, status=status)


@desk_view
@require_safe
def run(request, pk):
    """How far it is, what it does line by line, and what may be done with it now."""
    one, url = found_run(request, pk), reverse("cmdb:import", args=[pk])
    if request.htmx and not one.is_working:
        return go_to(request, url)
    verdict, after = request.GET.get("verdict", ""), request.GET.get("after", "")
    verdict = verdict if verdict in (*Verdict.values, "left") else ""
    page = selectors.lines_of(
        request.user, one, verdict=verdict, after=int(after) if after.isdecimal() and len(after) < 9 else 0
    )
    context = {
        "run": one,
        "counts": [(verdict, one.counts.get(verdict, 0)) for verdict in Verdict],
        "left": selectors.filtered(request.user, one, "left").count() if one.state == RunState.UNDONE else 0,
        "verdict": verdict,
        "page": page,
        "may_lead": rules.leads_import(request.user, one),
        "writes": sum(one.counts.get(verdict, 0) for verdict in (Verdict.CREATE, Verdict.UPDATE)),
        "url": url,
    }
    return fragment_or_page(request, "cmdb/import.html", "cmdb/_import_progress.html", context)


@desk_view
@require_POST
def act(request, pk, name):
    """Apply, undo or discard."""
    if name not in ACTS:
        raise Http404
    one = found_run(request, pk)
    ACTS[name](one, actor=request.user)
    if name == "discard":
        messages.success(request, _("Discarded. Nothing was written."))
        return redirect("cmdb:imports")
    return _worked_off(one)


@desk_view
@require_safe
def lines(request, pk):
    """Lines as CSV, errors by default: as they were read, with what is wrong, to be mended and sent again."""
    one = found_run(request, pk)
    verdict = request.GET.get("verdict", "error")
    verdict = verdict if verdict in (*Verdict.values, "left") else "error"
    rows = selectors.filtered(request.user, one, verdict)
    names = _headings(one)
    heads = [*names, _("Line"), _("Configuration item"), _("What is said of it")]
    writer = csv.writer(_Echo())

    def told():
        yield BOM + writer.writerow([safe_cell(head) for head in heads])
        for line in rows.iterator(chunk_size=2000):
            said = [line.raw.get(name, "") for name in names] + [line.number, line.slug, line.left or line.message]
            yield writer.writerow([safe_cell(cell) for cell in said])

    response = StreamingHttpResponse(told(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{one.pk}-{verdict}.csv"'
    return response


def _headings(one) -> list:
    """The columns of a run's file in their order."""
    try:
        return importing.sheet_of(one).columns if one.file else []
    except readers.Unreadable:
        return sorted(one.columns)


class _Echo:
    """Hands back what a csv.writer writes."""

    def write(self, text):
        return text


def _worked_off(one):
    """A small file is worked off at once; a large one is found by the next sweep, within seconds."""
    if not one.file or one.file.size <= AT_ONCE:
        importing.work(one.pk)
    return redirect("cmdb:import", one.pk)
