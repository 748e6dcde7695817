"""What readers leave behind: views by day, feedback, and how their search for help ended."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from core import clock
from core.text import clean_text
from events import services as events
from knowledge.models import DailyViews, Feedback, HelpSession
from knowledge.selectors.reading import telling_words
from knowledge.services import follow_ups

# A search for help that was left alone this long is over; what follows is another one.
SESSION_LASTS = timedelta(hours=2)
# Two searches that share so much of their words are one, put otherwise.
ALIKE = 0.5


def count_view(article) -> None:
    """One more opening today."""
    _count("count", [article.pk])


def count_shown(articles) -> None:
    """One more time today that these articles (keys) were shown to a requester who looked for help."""
    _count("shown", articles)


def _count(what, articles) -> None:
    """Bump a column of today's row of some articles: two statements, however many there are."""
    today = clock.now().date()
    DailyViews.objects.bulk_create([DailyViews(article_id=pk, day=today) for pk in articles], ignore_conflicts=True)
    DailyViews.objects.filter(article__in=articles, day=today).update(**{what: F(what) + 1})


@transaction.atomic
def give_feedback(version, *, actor, is_helpful, comment="", wants_answer=False) -> Feedback:
    """Say whether a version helped; a second word of the same person replaces the first.

    Publishes `article.rated` with what was said, so that a "no" with a reason reaches whoever answers for it, and opens
    a follow-up for them. `wants_answer`: the person is told what became of it.
    """
    said = {"is_helpful": is_helpful, "comment": clean_text(comment)[:2000], "created_at": clock.recorded_now()}
    feedback, _is_new = Feedback.objects.update_or_create(version=version, user=actor, defaults=said)
    events.publish(
        "article.rated", subject=version.article, actor=actor, at=feedback.created_at, is_public=False,
        edition=version.pk, is_helpful=is_helpful, has_comment=bool(feedback.comment),
    )  # fmt: skip
    follow_ups.follow(feedback, wants_answer=wants_answer)
    return feedback


def open_for_help(person, *, session, article, words="") -> HelpSession:
    """A person who looks for help opened an article: begin their search, or go on with it.

    What they searched in vain before stays, where it was another matter.
    """
    found = _running(session)
    if found is None or found.article_id != article.pk:
        _count("chosen", [article.pk])
    if found is None or (found.found_nothing and not is_same_matter(found.words, words)):
        return HelpSession.objects.create(
            organisation_id=person.organisation_id, words=clean_text(words)[:200], article=article,
            started_at=clock.recorded_now(),
        )  # fmt: skip
    found.article = article
    found.save(update_fields=["article"])
    return found


def look_in_vain(person, *, session, words) -> HelpSession:
    """No article answered a search: begin it, or note the words of the one that goes on without having read any.

    Words on another matter are another search.
    """
    found = _running(session)
    if found is None or found.article_id is not None or not is_same_matter(found.words, words):
        found = HelpSession(organisation_id=person.organisation_id, started_at=clock.recorded_now())
    found.words, found.found_nothing = clean_text(words)[:200], True
    found.save()
    return found


def find_after_all(*, session, words) -> None:
    """Other words for the same matter found something before any article was opened or a ticket submitted: nothing was
    missing."""
    found = HelpSession.objects.filter(pk=session, outcome="", article=None, found_nothing=True).first()
    if found is not None and is_same_matter(found.words, words):
        found.delete()


def is_same_matter(before, after) -> bool:
    """Whether two texts that somebody searched for say the same: one goes on with the other, or they are alike."""
    before, after = (clean_text(words).casefold() for words in (before, after))
    if before in after or after in before:
        return True
    ours, theirs = set(telling_words(before)), set(telling_words(after))
    return 2 * len(ours & theirs) >= ALIKE * (len(ours) + len(theirs)) > 0


def end_help(person, *, session, outcome, words="", article=None) -> HelpSession:
    """A search for help ended: an article solved it, or a ticket was submitted (with or without having read one)."""
    found = _running(session) or HelpSession(
        organisation_id=person.organisation_id, words=clean_text(words)[:200], started_at=clock.recorded_now()
    )
    found.article = article or found.article
    found.outcome, found.ended_at = outcome, clock.recorded_now()
    found.save()
    if outcome == HelpSession.Outcome.SOLVED and found.article_id:
        _count("solved", [found.article_id])
    return found


def _running(session):
    """The search with this key that still runs; None for no key, an old or an ended one."""
    since = clock.now() - SESSION_LASTS
    return HelpSession.objects.filter(pk=session, outcome="", started_at__gte=since).first() if session else None
