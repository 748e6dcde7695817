"""Who is let in at all. What they see is decided by `visible_to`."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import resolve_url


def signed_in(view):
    """Send visitors to the login page and back; a fragment's request gets 401, so that the typed text stays put."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.htmx and not request.htmx.boosted:
            return HttpResponse(status=401)
        came_for = request.get_full_path() if request.method == "GET" else resolve_url("portal:home")
        return redirect_to_login(came_for)

    return guarded


def desk_view(view):
    """People of the desk only. For everybody else there is no such page (404), visitors are sent to sign in."""

    @signed_in
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_staff_member:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
