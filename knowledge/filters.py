"""Declared filters of articles."""

import django_filters as filters
from django.contrib.postgres.search import SearchQuery

from core.api.filtering import IdFilter, WordsFilter
from core.text import search_query
from knowledge.models import Article, ArticleVersion
from knowledge.vocabulary import Kind


class ArticleFilter(filters.FilterSet):
    q = filters.CharFilter(method="with_words", max_length=200, label="Words that a text contains, all of them.")
    kind = WordsFilter(choices=Kind.choices, label="Kinds, separated by commas.")
    service = IdFilter(field_name="service_id", label="Id of the service.")
    category = IdFilter(field_name="category_id", label="Id of the category.")

    class Meta:
        model = Article
        fields: list[str] = []

    def with_words(self, articles, name, text):
        query = search_query(text)
        if not query:
            return articles
        asked = SearchQuery(query, search_type="raw", config="simple")
        versions = ArticleVersion.objects.visible_to(self.request.user).current().filter(search_vector=asked)
        return articles.filter(pk__in=versions.values("article"))
