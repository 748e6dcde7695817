"""What the desk keeps: worklists, versions side by side, and what readers said."""

from django.db.models import Count, Q

from core import clock
from events import selectors as ledger
from knowledge.models import ArticleVersion, Confirmation, Feedback
from knowledge.selectors.reading import reader_language
from knowledge.workflow import CURRENT, IN_REVIEW, PUBLISHED, UNDER_WORK

LISTS = ("mine", "review", "confirm", "due", "work", "published", "ended")


def worklist(user, name):
    """Versions of one worklist, what needs somebody first; see `LISTS`.

    mine: what `user` writes; review: what waits for a reviewer; confirm: what `user` has to look at again; due: all
    that is over its review-by date; work: all that is being worked on; published; ended (retired and outdated).
    """
    versions = ArticleVersion.objects.visible_to(user).select_related("article__service", "article__owner", "author")
    narrowed = {
        "mine": versions.filter(writers__contains=[user.pk], state__in=UNDER_WORK).order_by("-changed_at"),
        "review": versions.filter(state=IN_REVIEW.key).order_by("changed_at"),
        "confirm": versions.filter(pk__in=to_confirm(user).values("version")).order_by("review_by"),
        "due": versions.filter(is_due()).order_by("review_by"),
        "work": versions.filter(state__in=UNDER_WORK).order_by("-changed_at"),
        "published": versions.filter(state__in=CURRENT).order_by("-published_at"),
        "ended": versions.exclude(state__in=(*UNDER_WORK, *CURRENT)).order_by("-changed_at"),
    }
    return narrowed[name].select_related("article__service", "article__owner", "author", "translated_from")


def counts(user) -> dict[str, int]:
    """How much waits in the lists that ask for something."""
    return ArticleVersion.objects.visible_to(user).aggregate(
        mine=Count("pk", filter=Q(writers__contains=[user.pk], state__in=UNDER_WORK)),
        review=Count("pk", filter=Q(state=IN_REVIEW.key)),
        confirm=Count("pk", filter=Q(pk__in=to_confirm(user).values("version"))),
        due=Count("pk", filter=is_due()),
    )


def is_due() -> Q:
    """Versions whose owner has to look whether they are still right."""
    return Q(state=PUBLISHED.key, review_by__lte=clock.now().date())


def to_confirm(user):
    """Open tasks of `user` to confirm: of the articles they own, and those that were escalated to them."""
    mine = Q(version__article__owner=user.pk) | Q(escalated_to=user.pk)
    return Confirmation.objects.visible_to(user).open().filter(mine)


def left_behind(version) -> ArticleVersion | None:
    """The translation that still follows `version`, a source that ended, or one before it.

    What readers see comes before what is being written; None where `version` is a translation itself.
    """
    article = version.article
    if version.language != article.source_language:
        return None
    rows = article.versions.filter(translated_from__isnull=False).exclude(translated_from__state__in=CURRENT)
    behind = rows.filter(state__in=(*CURRENT, *UNDER_WORK)).select_related("article__owner")
    return min(behind, key=lambda translation: not translation.is_current, default=None)


def titles_of(user, articles) -> dict[int, str]:
    """Titles by the key of their article, as far as `user` may see them: in the reader's language, else in another."""
    versions = ArticleVersion.objects.visible_to(user).filter(article__in=articles).order_by("number")
    rows = list(versions.values_list("article", "language", "title"))
    return {article: title for article, _language, title in sorted(rows, key=lambda row: row[1] == reader_language())}


def history(article, *, limit=30):
    """The last steps of an article out of the ledger, newest first."""
    return ledger.timeline_of(article, public_only=False).order_by("-pk")[:limit]


def feedback_on(article) -> dict:
    """What readers said about the current versions: how many of each, and the latest kind words.

    What they missed are follow-ups: `follow_ups.on_article`.
    """
    said = Feedback.objects.filter(version__article=article, version__state__in=CURRENT)
    sums = said.aggregate(yes=Count("pk", filter=Q(is_helpful=True)), no=Count("pk", filter=Q(is_helpful=False)))
    return sums | {"comments": list(said.filter(is_helpful=True).exclude(comment="").select_related("user")[:10])}
