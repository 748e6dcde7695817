"""Who is let into the pages about service levels."""

from functools import wraps

from django.http import Http404

from core.access import signed_in


def desk_view(view):
    """People of the desk; for everybody else there is no such page (404), visitors are sent to sign in."""

    @signed_in
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_staff_member:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
