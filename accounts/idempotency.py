"""`Idempotency-Key`: a creation that is sent twice happens once and is answered alike."""

import hashlib
import json
import re
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from accounts.models import IdempotentAnswer
from core import clock
from core.api.problems import BadQuery
from core.errors import InvalidInput

KEPT_FOR = timedelta(hours=24)
HEADER = "Idempotency-Key"
IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description="Up to 120 characters of your choice. Sent again within 24 hours it repeats the same answer.",
)
_KEY = re.compile(r"[\x21-\x7e]{1,120}")
_REPLAYED_HEADERS = ("ETag", "Location")


def answer_once(request, create) -> Response:
    """The answer of `create()`; with an `Idempotency-Key` the stored one when this was done before.

    The answer is stored in the transaction of what it tells of. A second request with the same key waits for the
    first on the unique index: it then repeats its answer, or goes on by itself when the first was refused. The same
    key with other content is refused (422).
    """
    key = request.headers.get(HEADER)
    if key is None:
        return create()
    if not _KEY.fullmatch(key):
        raise BadQuery({HEADER: [_("1 to 120 printable characters without blanks.")]})
    fingerprint = _fingerprint(request)
    _forget_old(request.user)
    with transaction.atomic():
        row, is_first = IdempotentAnswer.objects.get_or_create(
            user=request.user, key=key, defaults={"fingerprint": fingerprint}
        )
        if not is_first:
            return _repeated(row, fingerprint)
        response = create()
        row.status = response.status_code
        row.body = {
            "data": json.loads(JSONRenderer().render(response.data)),
            "headers": {name: response[name] for name in _REPLAYED_HEADERS if response.has_header(name)},
        }
        row.save(update_fields=["status", "body"])
        return response


def _repeated(row, fingerprint):
    if row.fingerprint != fingerprint:
        raise InvalidInput({HEADER: [_("This key was used for another request.")]})
    headers = row.body["headers"] | {"Idempotent-Replayed": "true"}
    return Response(row.body["data"], row.status, headers=headers)


def _fingerprint(request):
    """SHA-256 over method, path and content. Files count by what they hold: a boundary differs at each try."""
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    data = request.data
    if hasattr(data, "lists"):
        for name, values in sorted(data.lists()):
            for value in values:
                digest.update(f"\n{name}=".encode("utf-8", "replace"))
                digest.update(_content(value))
    else:
        digest.update(json.dumps(data, sort_keys=True).encode())
    return digest.hexdigest()


def _content(value):
    if not hasattr(value, "chunks"):
        return str(value).encode("utf-8", "replace")
    content = hashlib.sha256(value.name.encode("utf-8", "replace"))
    for chunk in value.chunks():
        content.update(chunk)
    value.seek(0)
    return content.digest()


def _forget_old(user):
    """Answers older than a day: this person's, and a few of anybody's, so that none stays for ever."""
    old = IdempotentAnswer.objects.filter(created_at__lt=clock.now() - KEPT_FOR)
    with transaction.atomic():
        for rows in (old.filter(user=user), old):
            keys = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:50])
            IdempotentAnswer.objects.filter(pk__in=keys).delete()
