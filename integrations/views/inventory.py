"""The door for inventory agents. They sign in with the short name of a source and its token (HTTP basic)."""

import base64
import binascii
import logging

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cmdb.selectors.importing import source_of_agents
from cmdb.services import importing
from core.api import StrangerThrottle
from integrations import inventory

logger = logging.getLogger(__name__)


class AgentThrottle(StrangerThrottle):
    """Reports of one source a minute: a thousand machines that wake together spread over some minutes."""

    scope, rate = "inventory", "600/min"

    def get_cache_key(self, request, view):
        return f"throttle:inventory:{view}"


@csrf_exempt
@require_POST
def door(request):
    """One message of an agent: whether it should report, or its report. 401 without a token in force, 400 unread."""
    source = _source(request)
    if source is None:
        # who only asks how to sign in is answered for nothing, who guesses is counted
        if "Authorization" in request.headers and not StrangerThrottle().allow_request(request, None):
            return _too_often()
        refusal = HttpResponse("Sign in with the source and its token.\n", status=401, content_type="text/plain")
        refusal["WWW-Authenticate"] = 'Basic realm="inventory"'
        return refusal
    if not AgentThrottle().allow_request(request, source.slug):
        return _too_often()
    try:
        message = inventory.read(request.body)
    except inventory.Unreadable as problem:
        return HttpResponse(f"{problem}\n", status=400, content_type="text/plain")
    if message.query == "inventory":
        content = message.content
        cells, details = inventory.cells_of(content), inventory.details_of(content)
        report = importing.take_report(source, key=message.device, cells=cells, details=details)
        logger.info("inventory of %s: item %s", source.slug, report.item.pk if report.item else "none")
    is_glpi = request.headers.get("User-Agent", "").startswith("GLPI-Agent")
    body, content_type = inventory.answer(message, speaks_json=is_glpi)
    return HttpResponse(body, content_type=content_type)


def _source(request):
    scheme, _blank, packed = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        slug, _colon, secret = base64.b64decode(packed, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return source_of_agents(slug, secret)


def _too_often():
    response = HttpResponse("Too many requests.\n", status=429, content_type="text/plain")
    response["Retry-After"] = "60"
    return response
