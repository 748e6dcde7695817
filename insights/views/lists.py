"""The list behind a number: on the page, and as CSV."""

from dataclasses import dataclass

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render

from insights import exporting, filters, links, query
from insights.definitions import FIGURES
from insights.selectors import lists, population
from insights.views.guards import figures_view

PAGE = 50
EXPORTED_AT_ONCE = 1000


@dataclass(frozen=True)
class _Wanted:
    """What a list's address asks for; `tickets` is unordered."""

    figure: str
    query: query.Query
    problem: str
    tickets: object


@figures_view
def tickets(request):
    """Fifty tickets at a time, newest first, with how many there are."""
    wanted = _wanted(request)
    rows, previous, following = _page(wanted, _key(request.GET.get("before")), _key(request.GET.get("after")))
    here = links.to_list(wanted.figure, wanted.query)
    bar = filters.FilterBar(request.user, wanted.query)
    context = {
        "figure": wanted.figure,
        "definition": FIGURES[wanted.figure],
        "query": wanted.query,
        "problem": wanted.problem,
        "count": wanted.tickets.count(),
        "rows": rows,
        "kind": lists.kind_of(wanted.figure),
        "is_measured": wanted.figure in lists.MEASURING,
        "previous": f"{here}&after={previous}" if previous else "",
        "next": f"{here}&before={following}" if following else "",
        "back": links.to_overview(wanted.query.whole()),
        "chosen": bar.chosen(period=wanted.figure not in lists.STANDING),
        "export_query": wanted.query.encoded(figure=wanted.figure),
    }
    return render(request, "insights/tickets.html", context)


@figures_view
def export(request):
    """The whole list as CSV, sent while it is read."""
    wanted = _wanted(request)
    rows = _with_names(wanted).order_by("-pk").iterator(chunk_size=EXPORTED_AT_ONCE)
    answer = StreamingHttpResponse(exporting.csv_lines(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{wanted.figure}.csv"'
    return answer


def _wanted(request) -> _Wanted:
    figure = request.GET.get("figure", "")
    if figure not in FIGURES:
        raise Http404
    asked, problem = query.read(request.GET)
    visible = population.tickets_for(request.user, asked, lists.kind_of(figure))
    return _Wanted(figure, asked, problem, lists.tickets_of(figure, visible, asked.window()))


def _with_names(wanted):
    named = wanted.tickets.select_related(
        "incident", "change", "organisation", "service", "team", "assignee", "requester"
    )
    return lists.measured(wanted.figure, named)


def _page(wanted, before, after):
    """Rows older than key `before`, or newer than key `after`, and the keys of the neighbouring pages."""
    found = _with_names(wanted)
    if after is not None:
        rows = list(found.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
        has_newer, has_older = len(rows) > PAGE, True
        rows = rows[:PAGE][::-1]
    else:
        older = found.filter(pk__lt=before) if before is not None else found
        rows = list(older.order_by("-pk")[: PAGE + 1])
        has_newer, has_older = before is not None, len(rows) > PAGE
        rows = rows[:PAGE]
    for ticket in rows:
        ticket.measured = exporting.measured_seconds(ticket)
    newer = rows[0].pk if rows and has_newer else None
    return rows, newer, rows[-1].pk if rows and has_older else None


def _key(text):
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else None
