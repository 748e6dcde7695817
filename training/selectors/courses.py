"""What belongs to a course."""

from django.utils.translation import get_language

from knowledge.models import ArticleVersion


def readings_of(course, user) -> list[ArticleVersion]:
    """Its articles as `user` may read them, each in the reader's language where there is one; by number."""
    found = {}
    versions = ArticleVersion.objects.visible_to(user).current().filter(article__courses=course)
    for version in versions.select_related("article").order_by("article", "language"):
        if version.article_id not in found or version.language == get_language():
            found[version.article_id] = version
    return list(found.values())
