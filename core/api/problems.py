"""Every refusal of the API as application/problem+json (RFC 9457), in the reader's language."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, UnreadablePostError
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from core.errors import Refused, Stale
from core.middleware import current_request_id

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: _("Malformed request"),
    401: _("Sign-in needed"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Method not allowed"),
    406: _("Not acceptable"),
    409: _("Not possible now"),
    412: _("Changed meanwhile"),
    413: _("Too large"),
    415: _("Unsupported media type"),
    422: _("Invalid input"),
    429: _("Too many requests"),
    500: _("Internal error"),
    503: _("Temporarily unavailable"),
}
_NOT_FOUND = _("There is nothing here, or you may not see it.")
_RETRY_SECONDS = 10


class BadQuery(exceptions.APIException):
    """A query parameter that is unknown or malformed: 400, naming it."""

    status_code = 400
    default_code = "bad_query"

    def __init__(self, fields):
        super().__init__(_("Please correct the query parameters."))
        self.fields = fields


class PreconditionFailed(exceptions.APIException):
    """`If-Match` names a version that is not the current one: 412."""

    status_code = 412
    default_code = "precondition_failed"
    default_detail = _("This record was changed meanwhile. Review the changes and send again.")

    def __init__(self, stale):
        super().__init__()
        self.stale = stale


def problem(status, code, detail, **more):
    """The body of a problem. `errors` (in `more`) maps a field name to its messages."""
    request_id = current_request_id()
    return {
        "type": f"urn:itsm:problem:{code}",
        "title": str(TITLES.get(status, TITLES[400])),
        "status": status,
        "detail": str(detail),
        "code": code,
        "instance": f"urn:itsm:request:{request_id}",
        **more,
    }


def problem_response(exc, context):
    """DRF's exception handler. None (an unforeseen error) lets Django log it and answer 500."""
    status, code, detail, more, headers = _read(exc, context)
    if status is None:
        return None
    return Response(problem(status, code, detail, **more), status, content_type=CONTENT_TYPE, headers=headers)


def _read(exc, context):
    """(status, code, detail, further members, headers) of an exception."""
    match exc:
        case Stale() | PreconditionFailed():
            return _stale(exc, context)
        case Refused():
            return exc.status, exc.code, exc.message, _errors(exc.fields) | exc.more, {}
        case Http404() | exceptions.NotFound():
            return 404, "not_found", _NOT_FOUND, {}, {}
        case PermissionDenied():
            return 403, "not_allowed", exceptions.PermissionDenied.default_detail, {}, {}
        case BadQuery():
            return 400, exc.default_code, exc.detail, _errors(exc.fields), {}
        case exceptions.ValidationError():
            return 422, "invalid", _("Please correct the marked fields."), _errors(_by_field(exc.detail)), {}
        case exceptions.APIException():
            return _of_framework(exc)
        case RequestDataTooBig():
            return 413, "too_large", TITLES[413], {}, {}
        case SuspiciousOperation() | UnreadablePostError():
            return 400, "malformed", TITLES[400], {}, {}
        case DataError():
            return 422, "invalid", _("A value is out of range."), {}, {}
        case OperationalError() | InterfaceError():
            return 503, "unavailable", TITLES[503], {}, {"Retry-After": str(_RETRY_SECONDS)}
    return None, None, None, None, None


def _of_framework(exc):
    headers = {}
    if header := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if (wait := getattr(exc, "wait", None)) is not None:
        headers["Retry-After"] = str(max(1, int(wait)))
    code = exc.detail.code if hasattr(exc.detail, "code") else exc.default_code
    return exc.status_code, code, exc.detail, {}, headers


def _stale(exc, context):
    """409 or 412 with the current version and, where the view can tell, the changes this reader may see."""
    stale = exc.stale if isinstance(exc, PreconditionFailed) else exc
    describe = getattr(context.get("view"), "changes_for_reader", None)
    more = {"current_version": stale.current, "changes": describe(stale) if describe else []}
    if isinstance(exc, PreconditionFailed):
        return 412, exc.default_code, exc.detail, more, {}
    return 409, stale.code, stale.message, more, {}


def _errors(fields):
    return {"errors": {name: [str(text) for text in texts] for name, texts in fields.items()}} if fields else {}


def _by_field(detail, prefix=""):
    """DRF's nested lists and dicts of messages as one flat mapping: `affected_items.0` → messages."""
    if isinstance(detail, dict):
        found = {}
        for name, inner in detail.items():
            found |= _by_field(inner, f"{prefix}.{name}" if prefix else str(name))
        return found
    if isinstance(detail, list) and any(isinstance(item, dict | list) for item in detail):
        return _by_field({str(index): item for index, item in enumerate(detail) if item}, prefix)
    return {prefix or "non_field_errors": detail if isinstance(detail, list) else [detail]}
