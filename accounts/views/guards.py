"""Who is let into the administrators' pages."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404

from core.access import signed_in


def administrators_only(view):
    """Visitors sign in first; requesters learn nothing (404); other staff are told no (403)."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_staff_member:
            raise Http404
        if not request.user.sees_everything:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return signed_in(guarded)
