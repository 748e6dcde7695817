"""Answering htmx and plain requests from one view."""

from django.http import HttpResponse
from django.shortcuts import redirect, render


def fragment_or_page(request, page, fragment, context, *, status=200):
    """Render `fragment` for an htmx request that is not a boosted or history visit, else the whole `page`."""
    partial = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    return render(request, fragment if partial else page, context, status=status)


def go_to(request, url):
    """Send the browser to `url`: a full-page redirect under htmx, a plain 302 otherwise."""
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = str(url)
        return response
    return redirect(url)
