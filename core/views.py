"""Pages of the house itself."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """The form's token no longer fits (signed out meanwhile, or cookies blocked): say so, keep the typed text."""
    return render(request, "errors/csrf.html", status=403)


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def forbidden(request, exception):
    return render(request, "403.html", status=403)


def not_found(request, exception):
    return render(request, "404.html", status=404)


def server_error(request):
    return render(request, "500.html", status=500)
