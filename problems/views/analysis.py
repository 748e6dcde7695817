"""The workbench: analyses of a problem beside what happened, one of them as outline and drawing, in and out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms.service_form import add_refusal
from core.access import desk_view
from core.errors import NotAllowed, Refused
from core.htmx import fragment_or_page, go_to
from problems import rules, services
from problems.causes import Fault, dumps, loads
from problems.causes.drawing import svg
from problems.causes.outline import Row
from problems.causes.tree import State
from problems.causes.writing import markdown
from problems.forms.analysis import ACTS, BeginForm, ImportForm, outline_in, outline_of
from problems.models import Analysis
from problems.selectors import analysis as selectors
from problems.selectors.happenings import happenings
from problems.views.records import found_problem

KINDS = {
    "json": (dumps, "application/json"),
    "md": (markdown, "text/markdown; charset=utf-8"),
    "svg": (lambda tree: svg(tree, is_file=True), "image/svg+xml"),
}
EXPORTS = (("json", "JSON"), ("md", "Markdown"), ("svg", "SVG"))


def may_analyse(user, problem) -> bool:
    return rules.investigates_it(user, problem) and not problem.state_info.is_final


def may_change(user, analysis) -> bool:
    return analysis.removed_at is None and may_analyse(user, analysis.problem)


def may_restore(user, analysis) -> bool:
    return analysis.removed_at is not None and may_analyse(user, analysis.problem)


def found_analysis(request, number, pk):
    """A visible analysis with its visible problem."""
    problem = found_problem(request, number)
    analysis = get_object_or_404(Analysis.objects.visible_to(request.user).filter(problem=problem.pk), pk=pk)
    analysis.problem = problem
    return analysis


@desk_view
def analyses(request, number):
    """All analyses of a problem, what happened, and the form that begins another."""
    problem = found_problem(request, number)
    form = BeginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _begun(request, problem, form, **form.values())
    return _overview(request, problem, form, ImportForm())


@desk_view
def bring_in(request, number):
    """Begin an analysis from an exported file."""
    problem = found_problem(request, number)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            tree = loads(form.cleaned_data["file"])
        except Fault as fault:
            form.add_error("file", str(fault))
        else:
            return _begun(request, problem, form, method=tree.method, tree=tree)
    return _overview(request, problem, BeginForm(), form)


def _begun(request, problem, form, **values):
    try:
        analysis = services.begin_analysis(problem, actor=request.user, **values)
    except NotAllowed:
        raise
    except Refused as refusal:
        add_refusal(form, refusal)
        is_import = isinstance(form, ImportForm)
        return _overview(request, problem, BeginForm() if is_import else form, form if is_import else ImportForm())
    return redirect("problems:analysis", problem.number, analysis.pk)


def _overview(request, problem, begin, bring):
    context = {
        "problem": problem,
        "analyses": list(selectors.analyses_of(problem, request.user)),
        "removed": list(selectors.removed_from(problem, request.user)),
        "may_analyse": may_analyse(request.user, problem),
        "keeps_templates": rules.keeps_analysis_templates(request.user),
        "happenings": happenings(problem, request.user),
        "begin": begin,
        "bring": bring,
    }
    status = 422 if begin.is_bound or bring.is_bound else 200
    return render(request, "problems/analysis/list.html", context, status=status)


@desk_view
def analysis(request, number, pk):
    """Read and edit one. Buttons of rows only change the form; `save` writes, `open-N` writes and opens a cause."""
    one = found_analysis(request, number, pk)
    if request.method != "POST":
        return _shown(request, one, outline_of(one.tree, one.version))
    said = outline_in(request.POST)
    act, _dash, at = request.POST.get("do", "save").partition("-")
    at = int(at) if at.isascii() and at.isdecimal() and len(at) < 5 else None
    if act in ACTS and at is not None and at < len(said.rows):
        return _shown(request, one, said.acted(act, at))
    if said.faults:
        return _shown(request, one, said, status=422)
    try:
        saved = services.save_outline(
            one, actor=request.user, rows=said.rows, head=said.head, version=said.version
        )  # fmt: skip
    except services.Overtaken as overtaken:
        both = outline_of(overtaken.tree, overtaken.analysis.version)
        return _shown(request, overtaken.analysis, both, status=409, overtaken=overtaken)
    except NotAllowed:
        raise
    except Refused as refusal:
        return _shown(request, one, said, status=refusal.status, refusal=refusal)
    if act == "open" and at is not None and (node := _node_of(saved.tree, said.rows, at)):
        return go_to(request, reverse("problems:cause", args=[number, pk, node]))
    if request.htmx:
        saved.problem = one.problem
        return _shown(request, saved, outline_of(saved.tree, saved.version), is_saved=True)
    messages.success(request, _("Saved."))
    return redirect("problems:analysis", number, pk)


def _node_of(tree, rows, at):
    """The id that the row at this place has now."""
    if rows[at : at + 1] and rows[at].id:
        return rows[at].id
    written = [row.text for row in rows[: at + 1]]
    ids = [node.id for _depth, node in tree.walk() if node.text == written[-1]] if written else []
    return ids[min(written.count(written[-1]), len(ids)) - 1] if ids else None


def _lines(outline, tree, tasks) -> list[tuple]:
    """(row, what is wrong with it, its node so far, its actions with their tasks); an empty outline has one row."""
    known = tree.nodes()
    lines = []
    for n, row in enumerate(outline.rows or [Row("", 0, "")]):
        node = known.get(row.id)
        actions = [(action, tasks.get(action.id)) for action in node.actions] if node else []
        lines.append((row, outline.faults.get(n, ""), node, actions))
    return lines


def _shown(request, one, outline, *, status=200, **more):
    tree = one.tree
    tasks = selectors.tasks_by_action(tree, one.problem, request.user)
    context = {
        "problem": one.problem,
        "analysis": one,
        "tree": tree,
        "outline": outline,
        "lines": _lines(outline, tree, tasks),
        "blank": Row("", 0, ""),
        "states": State.choices,
        "drawing": mark_safe(svg(tree)),  # Made of escaped words by ElementTree.
        "may_analyse": may_change(request.user, one),
        "may_restore": may_restore(request.user, one),
        "exports": EXPORTS,
        **more,
    }
    return fragment_or_page(
        request, "problems/analysis/analysis.html", "problems/analysis/_workbench.html", context, status=status
    )


@desk_view
@require_safe
def export(request, number, pk, kind):
    """The analysis as a file: json, md or svg."""
    one = found_analysis(request, number, pk)
    if kind not in KINDS:
        raise Http404
    write, content_type = KINDS[kind]
    response = HttpResponse(write(one.tree), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{number}-{one.method}-{one.pk}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
