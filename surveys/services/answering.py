"""Taking an answer, and seeing to it that a bad one is heard."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput, NotAllowed, Refused
from core.text import clean_text
from events import services as events
from surveys import rules
from surveys.models import Survey
from surveys.services.asking import ask_about


@transaction.atomic
def answer(survey, *, score, comment=None, at=None):
    """Record what the recipient thinks, or change it, until the link expires.

    In order: lock; refuse an expired link (Refused) and impossible values (InvalidInput); keep the comment when none
    is given; mark a low score for follow-up, take the mark back when the score rises; publish `survey.answered` on
    the ticket. The same answer twice publishes nothing.
    """
    survey = Survey.objects.select_for_update(of=("self",)).select_related("ticket", "recipient").get(pk=survey.pk)
    at = at or clock.recorded_now()
    if at >= survey.expires_at:
        raise Refused(_("This link has expired."))
    comment = survey.comment if comment is None else clean_text(comment)
    _check(score, comment)
    if (survey.score, survey.comment) == (score, comment):
        return survey
    was_low = survey.score is not None and rules.is_low(survey.score)
    before = survey.score
    survey.score, survey.comment, survey.answered_at, survey.due_at = score, comment, at, None
    if not rules.is_low(score):
        survey.follow_up_at = None
    elif not was_low:
        survey.follow_up_at, survey.acknowledged_at, survey.acknowledged_by = at, None, None
    survey.save()
    events.publish(
        "survey.answered",
        subject=survey.ticket,
        actor=survey.recipient,
        at=at,
        is_public=False,
        survey=survey.pk,
        score=score,
        before=before,
        comment=comment,
    )
    return survey


@transaction.atomic
def rate(ticket, *, actor, score):
    """The requester rates a resolved or closed ticket from its mail, before or without being asked."""
    if actor.pk != ticket.requester_id:
        raise NotAllowed()
    if ticket.resolved_at is None:
        raise Refused(_("This ticket is being worked on. You can rate it once it is solved."))
    return answer(ask_about(ticket), score=score)


@transaction.atomic
def acknowledge_low_score(survey, *, actor, at=None):
    """A lead or manager has taken up a low score; publishes `survey.acknowledged`. Raises NotAllowed, Refused."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("ticket__team").get(pk=survey.pk)
    if not rules.follows_up(actor, survey.ticket):
        raise NotAllowed()
    if survey.follow_up_at is None or survey.acknowledged_at is not None:
        raise Refused(_("This answer does not wait for anybody any more."))
    survey.acknowledged_at, survey.acknowledged_by = at or clock.recorded_now(), actor
    survey.save(update_fields=["acknowledged_at", "acknowledged_by"])
    events.publish("survey.acknowledged", subject=survey.ticket, actor=actor, at=at, is_public=False, survey=survey.pk)
    return survey


def _check(score, comment):
    if score not in rules.SCORES:
        raise InvalidInput({"score": [_("Choose one of the listed values.")]})
    if len(comment) > rules.MAX_COMMENT:
        message = _("At most %(limit)s characters; this has %(length)s.")
        raise InvalidInput({"comment": [message % {"limit": rules.MAX_COMMENT, "length": len(comment)}]})
