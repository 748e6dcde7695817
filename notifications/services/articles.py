"""News on articles: a line behind the bell and a mail for those who write, review and keep them."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import STAFF_ROLES
from core.reading import reading_as
from knowledge import rules
from knowledge.models import ArticleVersion, Feedback, FollowUp
from knowledge.selectors import follow_ups
from knowledge.selectors.keeping import left_behind
from knowledge.selectors.readers import readers_of
from notifications import links, selectors, wording
from notifications.services import composing
from notifications.services.telling import post, ring
from notifications.vocabulary import Kind, Way

HEARD = tuple(
    f"article.{name}"
    for name in (
        "submitted",
        "sent_back",
        "described",
        "scheduled",
        "held_up",
        "published",
        "rated",
        "review_due",
        "review_reminded",
        "review_escalated",
        "superseded",
        "follow_up_opened",
        "follow_up_answered",
    )
)


@transaction.atomic
def tell_article(event):
    """`later` handler: tell whom an event on an article concerns, as they chose and as far as they may read it.

    What waits for a review goes to its reviewers, what became of it to its writers, why it did not help a reader and a
    passed review-by day to its owner (later to who leads them too), a change of its readers or its owner to its owner
    and the one before, what could not be published at its time also to who approved it, a translation left behind to
    its owner and its writers, what became of a comment to who wrote it and wanted to know; nobody of their own acts.
    """
    if event.is_history:
        return
    version, people = _concerned(event)
    is_for_readers = event.name == "article.follow_up_answered"
    people = [user for user in people if user and (user.is_staff_member or is_for_readers)]
    people = {user.pk: user for user in people if user.pk != event.actor_id}
    choices = selectors.choices_of(people, [Kind.ARTICLE])
    for user in readers_of(version, people.values()):
        if selectors.wants(choices, user.pk, Kind.ARTICLE, Way.BELL):
            ring(user, Kind.ARTICLE, event, article=version)
        if user.email and selectors.wants(choices, user.pk, Kind.ARTICLE, Way.MAIL):
            post(user, Kind.ARTICLE, event, _letter(user, event, version))


def _concerned(event):
    """(the version that is spoken of, people)."""
    version = ArticleVersion.objects.select_related("article__owner", "author", "reviewer").get(
        pk=event.data["edition"]
    )
    owner = version.article.owner
    match event.name:
        case "article.submitted":
            return version, _reviewers(version)
        case "article.rated":
            # A good rating asks nothing of anybody; its words stand on the article's page.
            return version, [owner] if event.data["has_comment"] and not event.data["is_helpful"] else []
        case "article.follow_up_opened":
            # Of a comment its owner hears with its words.
            return version, [owner] if event.data["is_silent"] else []
        case "article.follow_up_answered":
            current = version.article.versions.current().filter(language=version.language).first()
            return current or version, follow_ups.wanting(_follow_up(event))
        case "article.described":
            return version, _owners(event, owner)
        case "article.held_up":
            return version, [owner, version.reviewer, *_writers(version)]
        case "article.review_due" | "article.review_reminded":
            return version, [owner or version.author]
        case "article.review_escalated":
            return version, [owner, *User.objects.filter(pk__in=event.data["told"])]
        case "article.superseded":
            behind = left_behind(version)
            return (behind, [owner, *_writers(behind)]) if behind else (version, [])
        case _:
            return version, _writers(version)


def _follow_up(event):
    return FollowUp.objects.select_related("duplicate_of__mended_by", "mended_by", "given_by").get(
        pk=event.data["follow_up"]
    )


def _owners(event, owner):
    """Whom a change of the readers or the owner concerns, once something was approved for those readers."""
    if not event.data.get("is_approved") or not {"audience", "owner"} & set(event.data["fields"]):
        return []
    return [owner, User.objects.filter(pk=event.data["owner_before"]).first()]


def _writers(version):
    return User.objects.filter(pk__in=version.writers).order_by("pk")


def _reviewers(version):
    """The owner and whoever reviewed it before, as far as they may; of an article new to all, everybody who may."""
    allowed = [
        user for user in User.objects.active().filter(roles__overlap=list(STAFF_ROLES)).order_by("pk")
        if rules.reviews(user, version)
    ]  # fmt: skip
    known = {version.article.owner_id, *version.article.versions.values_list("reviewer", flat=True)}
    return [user for user in allowed if user.pk in known] or allowed


def _letter(user, event, version):
    with reading_as(user):
        headline = wording.of_article(event)
        title = links.unmarked(version)
        content = composing.Content(
            headline=links.unmarked(headline),
            language=user.language,
            facts=[(_("Article"), f"{version.article} {title}"), *_facts(event, version)],
            quotes=_quotes(event, version),
            buttons=[(_("Open the article"), links.absolute(links.article_path(version, user)))],
        )
        return composing.printed(f"[{version.article}] {title}: {links.unmarked(headline)}"[:400], content)


def _facts(event, version):
    if event.name == "article.described":
        audience = version.article.audience.select_related("organisation", "department")
        return [(_("Who may read it"), ", ".join(map(str, audience)))]
    if event.name != "article.follow_up_answered":
        return [(_("State"), version.state_info.label)]
    answer = _follow_up(event).answer
    mended = [(_("Mended in version"), str(answer.mended_by.number))] if answer.mended_by else []
    return [(_("What came of it"), answer.get_outcome_display()), *mended]


def _quotes(event, version):
    if event.name == "article.follow_up_answered":
        answer = _follow_up(event).answer
        return [(_("Reason"), links.unmarked(answer.reason))] if answer.reason else []
    if event.name == "article.held_up":
        return [(_("Reason"), missing)] if (missing := version.article.what_is_missing()) else []
    if event.name == "article.rated":
        said = Feedback.objects.filter(version=version, user=event.actor).first()
        return [(_("Comment"), links.unmarked(said.comment))] if said and said.comment else []
    reason = (event.data.get("values") or {}).get("reason")
    return [(_("Reason"), links.unmarked(reason))] if reason else []
