"""Articles that may help with what somebody writes, each with the reason why; the same answer every time."""

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F
from django.utils.translation import gettext as _

from core.text import search_words
from knowledge.models import ArticleVersion
from knowledge.selectors.reading import reader_language, telling_words

# Where a word is found says how much it counts; about the same service is worth half a title word's company.
_TITLE, _SUMMARY, _BODY, _SERVICE = 6, 3, 1, 4
# One telling word in a title, or company elsewhere: less is chance.
_ENOUGH = 6
_CANDIDATES = 40


def suggested(user, text, *, service=None, limit=5) -> list[ArticleVersion]:
    """At most `limit` articles that `user` may read, best first, each with `.why`: the reasons in words.

    A word counts where it stands (title, summary, text), and that the article is about `service` (a service or its key)
    counts too; a service alone suggests nothing.
    """
    words, service = telling_words(text), str(getattr(service, "pk", service) or "")
    if not words:
        return []
    asked = SearchQuery(" | ".join(words), search_type="raw", config="simple")
    candidates = (
        ArticleVersion.objects.visible_to(user)
        .current()
        .filter(search_vector=asked)
        .annotate(rank=SearchRank(F("search_vector"), asked))
        .select_related("article__service")
        .order_by("-rank", "-pk")[:_CANDIDATES]
    )
    best = {}
    for version in candidates:
        score = _score(version, words, service) + (version.language == reader_language())
        if score > best.get(version.article_id, (_ENOUGH - 1, None))[0]:
            best[version.article_id] = (score, version)
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], -pair[1].pk))
    return [version for _score_, version in ranked[:limit]]


def _score(version, words, service) -> int:
    """How much speaks for a version; writes its `.why`."""
    title, summary, body = (set(search_words(t).split()) for t in (version.title, version.summary, version.body))
    in_title, in_summary = [w for w in words if w in title], [w for w in words if w in summary]
    in_body = [w for w in words if w in body]
    is_same = service == str(version.article.service_id)
    shared = joined(list(dict.fromkeys(in_title + in_summary))) or joined(in_body)
    version.why = [_("same words: %(words)s") % {"words": ", ".join(shared[:4])}]
    if is_same:
        version.why.insert(0, _("same service"))
    return _TITLE * len(in_title) + _SUMMARY * len(in_summary) + _BODY * len(in_body) + _SERVICE * is_same


def joined(words) -> list[str]:
    """Overlapping Han bigrams put together again: 打印, 印机 read 打印机."""
    out = []
    for word in words:
        if out and not word.isascii() and not out[-1].isascii() and out[-1][-1] == word[0]:
            out[-1] += word[1:]
        else:
            out.append(word)
    return out
