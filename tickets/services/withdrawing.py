"""Taking back a reply that was sent by mistake, in the seconds before anybody outside is told of it."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, Refused
from events.models import Event
from tickets.models import Attachment, Comment
from tickets.services import door

# So long mails with a reply of the desk wait, and so long it can be taken back.
UNDO_FOR = timedelta(seconds=10)


@transaction.atomic
def withdraw(comment, *, actor):
    """Take back a reply of one's own to the requester within UNDO_FOR; returns the comment.

    In order: lock the ticket, then the words, which whoever sends their mail locks as well; make words and files
    internal, so that they leave every page and answer for people outside; where it was the first answer, nobody has
    answered yet, unless somebody did meanwhile; publish `ticket.reply_withdrawn`, upon which the clocks that the
    answer stopped run again. The timeline shows answer and withdrawal side by side.
    Raises NotAllowed (somebody else's), Refused (too late, a note, said with an action).
    """
    ticket = door.lock(comment.ticket)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if comment.author_id != actor.pk or not actor.is_staff_member:
        raise NotAllowed()
    if not can_be_withdrawn(comment) or _was_said_with_an_action(comment):
        raise Refused(_("This reply can no longer be withdrawn."))
    before = door.snapshot(ticket)
    comment.is_internal, comment.withdrawn_at = True, clock.recorded_now()
    comment.save(update_fields=["is_internal", "withdrawn_at"])
    Attachment.objects.filter(comment=comment).update(is_internal=True)
    if ticket.responded_at == comment.created_at and ticket.state_info.is_open:
        ticket.responded_at = _first_answer(ticket)
    door.write(ticket, "ticket.reply_withdrawn", actor=actor, before=before, withdrawn=comment.pk)
    return comment


def can_be_withdrawn(comment) -> bool:
    """Whether it is a public reply so young that no mail has left with it."""
    is_reply = not comment.is_internal and comment.withdrawn_at is None
    return is_reply and clock.recorded_now() < comment.created_at + UNDO_FOR


def _was_said_with_an_action(comment):
    """What was said when holding or resolving belongs to that act, which has happened."""
    same = Event.objects.filter(subject_kind="ticket", subject_id=comment.ticket_id, at=comment.created_at)
    return same.filter(actor=comment.author_id).exclude(name="ticket.commented").exists()


def _first_answer(ticket):
    """When somebody of the desk first answered, by what the ledger knows of answers that stand; None: not yet."""
    said = ticket.comments.filter(withdrawn_at=None).values_list("pk", flat=True)
    answers = Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk, name="ticket.commented")
    answers = answers.filter(data__is_answer=True, data__comment__in=list(said))
    return answers.order_by("at", "pk").values_list("at", flat=True).first()
