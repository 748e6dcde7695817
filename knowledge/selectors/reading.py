"""What readers find: current versions, each article once, in the language that serves the reader best."""

from datetime import timedelta

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, Count, F, IntegerField, Sum, Value, When
from django.utils.translation import get_language

from core import clock
from core.text import search_query, search_words
from knowledge.models import Article, ArticleVersion, DailyViews, Feedback
from knowledge.vocabulary import EMPTY_WORDS, Language

POPULAR_OVER = timedelta(days=30)


def reader_language() -> str:
    """The language of articles that fits the language of the page."""
    return Language.CHINESE if (get_language() or "").startswith("zh") else Language.ENGLISH


def current_for(user):
    """Current versions `user` may read: of each article the one in the reader's language, else the first there is."""
    mine = Case(When(language=reader_language(), then=Value(0)), default=Value(1), output_field=IntegerField())
    best = (
        ArticleVersion.objects.visible_to(user)
        .current()
        .order_by("article_id", mine, "pk")
        .distinct("article_id")
        .values("pk")
    )
    return ArticleVersion.objects.filter(pk__in=best).select_related("article__service", "article__category")


def found(user, text, *, limit) -> list[ArticleVersion]:
    """Current versions that contain all words of `text`, best first; without any, those that contain some of them.

    Searched in every language; each article once, in the language that fits best.
    """
    every, some = search_query(text), " | ".join(telling_words(text))
    for query in filter(None, (every, some)):
        if versions := _ranked(user, query, limit):
            return versions
    return []


def _ranked(user, query, limit):
    asked = SearchQuery(query, search_type="raw", config="simple")
    versions = (
        ArticleVersion.objects.visible_to(user)
        .current()
        .filter(search_vector=asked)
        .annotate(rank=SearchRank(F("search_vector"), asked))
        .select_related("article__service", "article__category")
        .order_by("-rank", "-pk")[: limit * len(Language)]
    )
    kept, language = {}, reader_language()
    for version in versions:
        if version.article_id not in kept or version.language == language:
            kept[version.article_id] = version
    return list(kept.values())[:limit]


def telling_words(text) -> list[str]:
    """The words and bigrams of `text` that say something, each once, in order; at most 24."""
    words = [word for word in search_words(text[:500]).split() if len(word) > 1 and word not in EMPTY_WORDS]
    return list(dict.fromkeys(words))[:24]


def popular(user, *, limit=6) -> list[ArticleVersion]:
    """What was opened most in the last thirty days, among what `user` may read."""
    since = clock.now().date() - POPULAR_OVER
    readable = Article.objects.visible_to(user).values("pk")
    rows = DailyViews.objects.filter(day__gt=since, article__in=readable).values("article")
    most = rows.annotate(views=Sum("count")).order_by("-views", "-article").values_list("article", flat=True)[:limit]
    versions = {version.article_id: version for version in current_for(user).filter(article__in=list(most))}
    return [versions[pk] for pk in most if pk in versions]


def versions_to_read(user, article) -> dict[str, ArticleVersion]:
    """The current versions of an article by language, as far as `user` may read them."""
    versions = ArticleVersion.objects.visible_to(user).current().filter(article=article)
    related = ("article__service", "article__category", "article__owner", "translated_from", "author", "reviewer")
    return {version.language: version for version in versions.select_related(*related)}


def own_feedback(user, version):
    return Feedback.objects.filter(version=version, user=user).first()


def shelves(user) -> list[dict]:
    """Services that have something to read for `user`, with how many articles."""
    readable = ArticleVersion.objects.visible_to(user).current().values("article")
    named = Article.objects.filter(pk__in=readable, service__isnull=False).values("service")
    counted = {row["service"]: row["count"] for row in named.annotate(count=Count("pk"))}
    services = Article.service.field.related_model.objects.filter(pk__in=counted)
    return [{"service": service, "count": counted[service.pk]} for service in services]
