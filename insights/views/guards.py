"""Who is let into the figures."""

from functools import wraps

from django.http import Http404
from django.views.decorators.http import require_GET

from core.access import signed_in
from insights.rules import reads_figures


def figures_view(view):
    """People of the desk; for everybody else there is no such page (404), visitors are sent to sign in."""

    @signed_in
    @require_GET
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not reads_figures(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
