"""The figures of problems, each with its definition, and the lists they count."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import shares
from core.access import desk_view
from problems.selectors import figures


@desk_view
@require_safe
def overview(request):
    return render(request, "problems/figures.html", shares.overview(request, figures))


@desk_view
@require_safe
def rows(request, key):
    """Exactly the tickets that one number counts."""
    return render(request, "problems/figure.html", shares.listed(request, figures, key))
