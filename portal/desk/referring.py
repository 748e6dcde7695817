"""Articles that a reply refers to: its reader has to be able to open them."""

import re

from django.conf import settings
from django.urls import reverse

from knowledge.models import Article, ArticleVersion
from knowledge.selectors import keeping

_NUMBER = re.compile(r"\bKB0*(\d{1,9})\b", re.IGNORECASE | re.ASCII)


def unreadable(body, *, writer, reader) -> dict[int, str]:
    """{key: name} of the articles that `body` links to or names by number and that `reader` cannot open.

    An article that `writer` does not see either is named by its number alone, whether there is one or not.
    """
    keys = _referred(body)
    if reader is None or not keys:
        return {}
    readable = ArticleVersion.objects.visible_to(reader).current().filter(article__in=keys)
    closed = keys.difference(readable.values_list("article", flat=True))
    titles = keeping.titles_of(writer, closed) if closed else {}
    return {key: f"{Article(pk=key).number} {titles.get(key, '')}".strip() for key in sorted(closed)}


def _referred(body) -> set[int]:
    """Links to this site, whole or from its root, and numbers; an address of another site is none of ours."""
    shelf = re.escape(reverse("knowledge:articles"))
    links = re.compile(rf"(?:{re.escape(settings.SITE_URL)}|(?<![\w.:/-])){shelf}(?:desk/)?(\d{{1,9}})\b", re.ASCII)
    return {int(key) for pattern in (links, _NUMBER) for key in pattern.findall(body)}
