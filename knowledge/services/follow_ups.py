"""Seeing to it that what readers missed in an article is answered."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events
from knowledge import rules
from knowledge.models import Article, Feedback, FollowUp
from knowledge.selectors import follow_ups as selectors

Outcome = FollowUp.Outcome
LONGEST_REASON = 2000


def follow(feedback, *, wants_answer) -> None:
    """Open what a reader's word asks for, keep what is open up to date, or close it when they take the word back.

    A "no" with a comment opens one of its own; as many as `rules.SILENT_READERS` without a word open one together.
    Only inside the transaction that keeps the feedback.
    """
    Article.objects.select_for_update().get(pk=feedback.version.article_id)
    own = FollowUp.objects.open().filter(version=feedback.version, given_by=feedback.user).first()
    if feedback.is_helpful:
        if own:
            own.outcome, own.answered_at = Outcome.WITHDRAWN, feedback.created_at
            own.save(update_fields=["outcome", "answered_at"])
    elif feedback.comment:
        if own is None:
            own = _open(feedback, given_by=feedback.user)
        own.comment, own.wants_answer = feedback.comment, wants_answer
        own.save(update_fields=["comment", "wants_answer"])
    _follow_silent(feedback)


@transaction.atomic
def answer_follow_up(follow_up, *, actor, outcome, reason="", mended_by=None, duplicate_of=None) -> FollowUp:
    """Say what became of what readers missed; publishes `article.follow_up_answered` on the article.

    `outcome` is "mended" (by a later published version of the language, `mended_by`), "nothing" (with a `reason`) or
    "duplicate" (of another one on the article, `duplicate_of`). Raises NotAllowed (who does not keep the article),
    Refused (answered meanwhile), InvalidInput by field.
    """
    rows = FollowUp.objects.select_related("version__article", "given_by")
    follow_up = rows.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if not rules.keeps(actor, follow_up.version):
        raise NotAllowed()
    if not follow_up.is_open:
        raise Refused(_("Somebody has answered this already."))
    reason = clean_text(reason)
    follow_up.mended_by = mended_by if outcome == Outcome.MENDED else None
    follow_up.duplicate_of = duplicate_of if outcome == Outcome.DUPLICATE else None
    _check(follow_up, outcome, reason)
    follow_up.outcome, follow_up.reason = outcome, reason
    follow_up.answered_by, follow_up.answered_at = actor, clock.recorded_now()
    follow_up.save()
    # What repeated this one repeats the first one now.
    follow_up.duplicates.update(duplicate_of=follow_up.answer)
    _publish("answered", follow_up, actor=actor, at=follow_up.answered_at, outcome=outcome)
    return follow_up


def _follow_silent(feedback):
    said = selectors.silent_since_answered(feedback.version)
    one = FollowUp.objects.open().filter(version=feedback.version, given_by=None).first()
    if one is None and said < rules.SILENT_READERS:
        return
    one = one or _open(feedback, given_by=None, readers=said)
    one.readers = max(said, 1)
    one.save(update_fields=["readers"])


def _open(feedback: Feedback, *, given_by, **values) -> FollowUp:
    at = feedback.created_at
    one = FollowUp.objects.create(version=feedback.version, given_by=given_by, opened_at=at, **values)
    _publish("opened", one, actor=given_by, at=at, is_silent=given_by is None)
    return one


def _check(follow_up, outcome, reason):
    problems = {}
    if outcome not in (Outcome.MENDED, Outcome.NOTHING, Outcome.DUPLICATE):
        problems["outcome"] = [_("Choose one of the listed values.")]
    if outcome == Outcome.MENDED and follow_up.mended_by not in selectors.versions_that_may_mend(follow_up):
        problems["mended_by"] = [_("Choose the published version that mends it.")]
    if outcome == Outcome.DUPLICATE and follow_up.duplicate_of not in selectors.repeatable(follow_up):
        problems["duplicate_of"] = [_("Choose the one that said it before.")]
    if outcome == Outcome.NOTHING and not reason:
        problems["reason"] = [_("Say why there is nothing to mend.")]
    if len(reason) > LONGEST_REASON:
        values = {"limit": LONGEST_REASON, "length": len(reason)}
        problems["reason"] = [_("At most %(limit)s characters; this has %(length)s.") % values]
    if problems:
        raise InvalidInput(problems)


def _publish(done, follow_up, *, actor, at, **data):
    version = follow_up.version
    events.publish(
        f"article.follow_up_{done}", subject=version.article, actor=actor, at=at, is_public=False,
        edition=version.pk, language=version.language, number=version.number, follow_up=follow_up.pk, **data,
    )  # fmt: skip
