"""Who may read what, asked for many people at once; and what a text refers to that its readers cannot open."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from accounts.selectors import with_organisations_served
from knowledge.models import Article, ArticleVersion
from knowledge.selectors.keeping import titles_of

_NUMBER = re.compile(r"\bKB0*(\d{1,9})\b", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Closed:
    """An article that some `readers` (people) of a text cannot open. `title` is empty where its writer does not see it
    either: nobody learns so whether there is such an article."""

    pk: int
    title: str
    readers: tuple

    @property
    def number(self) -> str:
        return Article(pk=self.pk).number

    def __str__(self):
        return f"{self.number} {self.title}".strip()


def readers_of(version, people) -> list:
    """Those of `people` who may read a version, in their order, in two queries."""
    people = with_organisations_served(people)
    seen = ArticleVersion.objects.filter(pk=version.pk).visible_to_each(people)
    return [person for person in people if seen[person.pk]]


def referred(text) -> set[int]:
    """Keys of articles that `text` names by number or links to, whole or from the root of this site.

    An address of another site is none of ours.
    """
    shelf = re.escape(reverse("knowledge:articles"))
    links = re.compile(rf"(?:{re.escape(settings.SITE_URL)}|(?<![\w.:/-])){shelf}(?:desk/)?(\d{{1,9}})\b", re.ASCII)
    return {int(key) for pattern in (links, _NUMBER) for key in pattern.findall(text)}


def closed_to(people, articles, *, writer) -> list[Closed]:
    """Those of `articles` (keys) that somebody among `people` cannot open, as `writer` may hear of them.

    However many people and articles: at most four queries.
    """
    people = with_organisations_served(people)
    versions = ArticleVersion.objects.current().filter(article__in=articles)
    seen, article_of = versions.visible_to_each(people), dict(versions.order_by().values_list("pk", "article"))
    readable = {person: {article_of[version] for version in rows} for person, rows in seen.items()}
    barred = {key: tuple(p for p in people if key not in readable[p.pk]) for key in sorted(articles)}
    barred = {key: readers for key, readers in barred.items() if readers}
    titles = titles_of(writer, barred) if barred else {}
    return [Closed(key, titles.get(key, ""), readers) for key, readers in barred.items()]
