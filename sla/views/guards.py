"""Who is let into what is about tickets of every organisation."""

from functools import wraps

from django.http import Http404

from core.access import desk_view
from sla import access


def managers_view(view):
    """For managers; for everybody else there is no such page (404), visitors are sent to sign in."""

    @desk_view
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not access.manages(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
