"""Pages of the house itself. Below /api/ they are problems instead."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.api import problems
from core.written import written_in


def csrf_failure(request, reason=""):
    """The form's token no longer fits (signed out meanwhile, or cookies blocked): say so, keep the typed text."""
    return render(request, "errors/csrf.html", status=403)


def bad_request(request, exception):
    return _problem(request, 400, "malformed") or render(request, "400.html", status=400)


def forbidden(request, exception):
    return render(request, "403.html", status=403)


def not_found(request, exception):
    """Also what somebody meets who lost a role or a ticket while they wrote: their words are shown back."""
    if (problem := _problem(request, 404, "not_found")) is not None:
        return problem
    return render(request, "404.html", {"written": written_in(request)}, status=404)


def server_error(request):
    """Also where a database that went away before the view began (in a middleware) becomes a 503."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _problem(request, 503, "unavailable") or _plain(request, "errors/unavailable.html", 503)
        response["Retry-After"] = "10"
        return response
    return _problem(request, 500, "internal") or _plain(request, "500.html", 500)


def _plain(request, template, status):
    """A page without the shell, which would ask the database again."""
    return HttpResponse(render_to_string(template, {"request": request}), status=status)


def _problem(request, status, code):
    if not request.path.startswith("/api/"):
        return None
    body = problems.problem(status, code, problems.TITLES[status])
    return JsonResponse(body, status=status, content_type=problems.CONTENT_TYPE)
