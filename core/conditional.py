"""Pages that a browser may keep and ask about again: 304 while they would show the same reader the same thing."""

import hashlib
import re

from django.utils.cache import get_conditional_response, patch_vary_headers

# A form's token is masked anew in every answer; what it unmasks to is part of the tag.
_TOKEN = re.compile(rb'(name="csrf(?:middlewaretoken|-token)" (?:value|content)=)"[^"]*"')


def if_changed(request, response):
    """`response` with an ETag over everything it shows, or a 304 without a body when the reader has exactly this.

    The tag covers the words as they were rendered for this person in this session, so that no other reader, language
    or sign-in, and nothing that appeared around the text (a bell, a message), is ever answered with "unchanged". What
    is saved is the transfer: the page is made all the same, visibility and counting included.
    """
    if response.status_code != 200:
        return response
    reader = f"{request.user.pk}:{request.session.session_key}:{request.META.get('CSRF_COOKIE', '')}:"
    digest = hashlib.sha256(reader.encode() + _TOKEN.sub(rb"\1", response.content)).hexdigest()
    response["ETag"] = etag = f'"{digest[:32]}"'
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Language", "HX-Request"])
    return get_conditional_response(request, etag=etag, response=response)
