"""Pages of the house itself. Below /api/ they are problems instead."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import JsonResponse
from django.shortcuts import render

from core.api import problems


def csrf_failure(request, reason=""):
    """The form's token no longer fits (signed out meanwhile, or cookies blocked): say so, keep the typed text."""
    return render(request, "errors/csrf.html", status=403)


def bad_request(request, exception):
    return _problem(request, 400, "malformed") or render(request, "400.html", status=400)


def forbidden(request, exception):
    return render(request, "403.html", status=403)


def not_found(request, exception):
    return render(request, "404.html", status=404)


def server_error(request):
    """Also where a database that went away before the view began (in a middleware) becomes a 503."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _problem(request, 503, "unavailable") or render(request, "errors/unavailable.html", status=503)
        response["Retry-After"] = "10"
        return response
    return _problem(request, 500, "internal") or render(request, "500.html", status=500)


def _problem(request, status, code):
    if not request.path.startswith("/api/"):
        return None
    body = problems.problem(status, code, problems.TITLES[status])
    return JsonResponse(body, status=status, content_type=problems.CONTENT_TYPE)
