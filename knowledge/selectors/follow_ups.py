"""What readers missed: what waits for an answer, and what can answer it."""

from django.db.models import Q

from knowledge.models import ArticleVersion, Feedback, FollowUp

PAGE = 50
LISTS = ("mine", "open", "answered")
_RELATED = ("version__article__owner", "given_by", "mended_by", "duplicate_of__mended_by", "answered_by")


def follow_ups(user, name, after=0):
    """(rows, next): one page of a list (`LISTS`): open ones on articles `user` answers for, all open ones, the oldest
    first; answered ones, the latest first.

    It begins after the one with the key `after`; `next` is the key after which the following page does, or 0.
    """
    rows = FollowUp.objects.visible_to(user).select_related(*_RELATED)
    is_answered = name == "answered"
    rows = rows.exclude(outcome="") if is_answered else rows.open()
    if name == "mine":
        rows = rows.filter(version__article__owner=user)
    moment, beyond, sign = ("answered_at", "lt", "-") if is_answered else ("opened_at", "gt", "")
    # the one before may have been answered meanwhile: its place in the list is the same
    before = FollowUp.objects.visible_to(user).filter(pk=after)
    last = before.values_list(moment, flat=True).first() if after else None
    if last:
        same_time = Q(**{moment: last, f"pk__{beyond}": after})
        rows = rows.filter(Q(**{f"{moment}__{beyond}": last}) | same_time)
    found = list(rows.order_by(f"{sign}{moment}", f"{sign}pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else 0


def count_own(user) -> int:
    """How many wait for `user` as the owner of their articles."""
    return FollowUp.objects.visible_to(user).open().filter(version__article__owner=user).count()


def on_article(article, *, limit=20) -> list[FollowUp]:
    """Those of an article, what is open first; the latest `limit` of them."""
    rows = FollowUp.objects.filter(version__article=article).select_related(*_RELATED)
    latest = list(rows.exclude(outcome="").order_by("-answered_at")[:limit])
    return [*rows.open().order_by("opened_at", "pk")[:limit], *latest][:limit]


def last_of(user, article) -> FollowUp | None:
    """What `user` missed in an article last, in whichever version."""
    rows = FollowUp.objects.filter(version__article=article, given_by=user).exclude(outcome=FollowUp.Outcome.WITHDRAWN)
    return rows.select_related(*_RELATED).order_by("-pk").first()


def versions_that_may_mend(follow_up):
    """Later versions of its language that were published, the latest first."""
    version = follow_up.version
    rows = ArticleVersion.objects.filter(article=version.article_id, language=version.language)
    return rows.filter(number__gt=version.number, published_at__isnull=False).order_by("-number")


def repeatable(follow_up):
    """What it may repeat: others on the article that repeat none themselves."""
    rows = FollowUp.objects.filter(version__article=follow_up.version.article_id, duplicate_of=None)
    return rows.exclude(pk=follow_up.pk).exclude(outcome=FollowUp.Outcome.WITHDRAWN).order_by("-pk")


def silent_since_answered(version) -> int:
    """How many readers said "no" to a version without a word, since that was answered last."""
    said = Feedback.objects.filter(version=version, is_helpful=False, comment="")
    answered = FollowUp.objects.filter(version=version, given_by=None).exclude(outcome="")
    last = answered.order_by("-answered_at").values_list("answered_at", flat=True).first()
    return (said.filter(created_at__gt=last) if last else said).count()


def wanting(follow_up) -> list:
    """Who wants to hear what became of it: who said it, and who said the same. Nobody while the first is open."""
    if follow_up.answer.is_open:
        return []
    said = [follow_up, *follow_up.duplicates.select_related("given_by")]
    return [one.given_by for one in said if one.wants_answer and one.given_by and one.given_by.is_active]
