"""The figures of changes, each with its definition, and the lists they count."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from changes.selectors import figures
from core import shares
from core.access import desk_view


@desk_view
@require_safe
def overview(request):
    return render(request, "changes/figures.html", shares.overview(request, figures))


@desk_view
@require_safe
def rows(request, key):
    """Exactly the tickets that one number counts."""
    return render(request, "changes/figure.html", shares.listed(request, figures, key))
