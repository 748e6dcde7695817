"""Around every request: its id, health probes, refusals as pages, an unavailable database as 503, privacy of pages."""

import codecs
import logging
import uuid
from contextvars import ContextVar

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from core.errors import Refused
from core.written import written_in

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def current_request_id() -> str:
    """The id of the request being served, or "-" in a worker or command."""
    return _request_id.get()


class RequestIdFilter(logging.Filter):
    def filter(self, record):
        record.request_id = current_request_id()
        return True


class RequestIdMiddleware:
    """Gives every request an id of our own making: shown on error pages, kept in the ledger, in every log line."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _request_id.set(uuid.uuid4().hex[:16])
        request.id = current_request_id()
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request.id
            return response
        finally:
            _request_id.reset(token)


class HealthMiddleware:
    """Answers /healthz before anything that needs a database, and lets probes in by whatever name the network has.

    Orchestrators and Prometheus ask an address or a container's name, which ALLOWED_HOSTS rightly does not list;
    nothing that /readyz and /metrics answer is built from the host.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path in ("/readyz", "/metrics"):
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0]
        return self.get_response(request)


class ReadableMiddleware:
    """Stops what no page of ours can read: an address with NUL is no page, a form in another encoding is malformed.

    An encoding named by the sender could otherwise smuggle in lone surrogates, or be one that decodes no text at all.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.encoding is not None and codecs.lookup(request.encoding).name not in ("utf-8", "ascii"):
            raise BadRequest("another encoding than UTF-8")
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)


class RefusalMiddleware:
    """A `Refused` that a view did not handle becomes a page (or an htmx fragment) in the reader's language.

    The page shows back what was written into the refused form.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refused):
            # Under htmx the form is still on the page, with everything in it.
            fragment = "errors/_refused.html" if request.htmx else "errors/refused.html"
            context = {"refusal": exception, "written": [] if request.htmx else written_in(request)}
            return render(request, fragment, context, status=exception.status)
        if isinstance(exception, OperationalError | InterfaceError):
            logging.getLogger(__name__).error("database unavailable: %s", exception)
            # Without the shell around it, which would ask the lost database again.
            page = render_to_string("errors/unavailable.html", {"request": request})
            response = HttpResponse(page, status=503)
            response["Retry-After"] = "10"
            return response
        return None


class PrivatePagesMiddleware:
    """Pages of a signed-in person are never stored by a browser or a proxy, and vary by htmx."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response
