"""Commands of the portal's pages: the same commands as everywhere, safe against being sent twice."""

from datetime import timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import InvalidInput
from core.text import clean_text
from incidents import services as incidents
from tickets import services as tickets
from tickets.models import Comment, Ticket

SOURCE = "portal"
SAME_WORDS_WITHIN = timedelta(minutes=2)
TITLE_LENGTH = 120
_SENTENCE_ENDS = "。！？!?；;"


def title_of(text) -> str:
    """A title from what somebody wrote: its first line, cut at a sentence or at 120 characters."""
    line = clean_text(text).split("\n", 1)[0].strip()
    if len(line) <= TITLE_LENGTH:
        return line
    cut = max(line.rfind(mark, 0, TITLE_LENGTH) for mark in _SENTENCE_ENDS)
    return line[:cut] if cut > 10 else f"{line[: TITLE_LENGTH - 1]}…"


def report(*, actor, text, sending, **details):
    """Open an incident from the report form. The same `sending` (the form's own key) opens it only once."""
    title = title_of(text)
    description = "" if clean_text(text) == title else text
    return opened_once(actor=actor, sending=sending, title=title, description=description, **details)[0]


def opened_once(*, actor, sending, opening=incidents.report_incident, **details):
    """(incident, whether it is new): the same form sent twice opens one, also when both arrive at the same time.

    `sending` is the form's own key (a UUID), or None from a client that sent no key. `opening` is the command that
    opens it, called with `details`.
    """
    reference = f"{actor.pk}:{(sending or uuid4()).hex}"
    sent = Ticket.objects.filter(source=SOURCE, source_ref=reference)
    if (already := sent.first()) is not None:
        return already, False
    try:
        return opening(actor=actor, source=SOURCE, source_ref=reference, **details), True
    except IntegrityError:
        if (already := sent.first()) is None:
            raise
        return already, False


@transaction.atomic
def reply(ticket, *, actor, body, uploads=()):
    """Answer on a ticket; on a closed one this opens a linked follow-up. Returns the ticket that carries the words.

    The same words by the same person within two minutes are one reply sent twice, and count once.
    """
    Ticket.objects.select_for_update().get(pk=ticket.pk)
    if ticket.state_info.is_final:
        if not clean_text(body):
            raise InvalidInput({"body": [_("Write something.")]})
        return incidents.follow_up(ticket, actor=actor, body=body, uploads=uploads)
    recent = Comment.objects.filter(
        ticket=ticket.pk,
        author=actor,
        is_internal=False,
        body=clean_text(body),
        created_at__gte=clock.recorded_now() - SAME_WORDS_WITHIN,
    )
    if uploads or not clean_text(body) or not recent.exists():
        tickets.comment(ticket, actor=actor, body=body, uploads=uploads)
    return ticket
