"""The figures of problems, each with its definition, and the lists they count."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import desk_view
from problems.selectors import figures


def _days(request):
    given = request.GET.get("days", "")
    return int(given) if given in map(str, figures.PERIODS) else figures.PERIODS[0]


@desk_view
@require_safe
def overview(request):
    days = _days(request)
    context = {"figures": figures.figures_for(request.user, days), "days": days, "periods": figures.PERIODS}
    return render(request, "problems/figures.html", context)


@desk_view
@require_safe
def rows(request, key):
    """Exactly the tickets that one number counts."""
    if key not in figures.LABELS:
        raise Http404
    days, after = _days(request), request.GET.get("after", "")
    found = figures.rows_of(key, request.user, days)
    if after.isascii() and after.isdecimal() and len(after) < 10:
        found = found.filter(pk__lt=int(after))
    several = list(found[: figures.PAGE + 1])
    context = {
        "tickets": several[: figures.PAGE],
        "next": several[figures.PAGE - 1].pk if len(several) > figures.PAGE else 0,
        "is_first": not after,
        "label": figures.LABELS[key],
        "days": days,
    }
    return render(request, "problems/figure.html", context)
