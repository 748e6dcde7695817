"""What a person wrote into a form that was refused: shown back, so that no refusal costs anybody their words."""

import re

from django.core.exceptions import SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from core.text import clean_text

MOST = 20
LONGEST = 50_000
_SECRET = re.compile(r"password|token|secret", re.IGNORECASE)
# Keys, choices, numbers, dates and queries; a single Latin word looks like a choice and is soon typed again.
_MACHINE_MADE = re.compile(r"[\w.:@/+=&?%-]*", re.ASCII)


def written_in(request) -> list[str]:
    """The texts of a posted form in its order: at most MOST of them, each of at most LONGEST characters."""
    try:
        fields = request.POST.lists()
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return []  # what cannot be read cannot be shown back
    texts = [clean_text(value) for name, values in fields if not _SECRET.search(name) for value in values]
    return [text[:LONGEST] for text in texts if not _MACHINE_MADE.fullmatch(text)][:MOST]
