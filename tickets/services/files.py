"""Keeping uploaded files with a ticket."""

from django.utils.translation import gettext as _

from core.uploads import refuse, taken_in
from tickets.models import Attachment

MAX_FILES_PER_TICKET = 100


def store(ticket, upload, *, comment, actor, at):
    """Keep one uploaded file with a ticket and return its Attachment.

    Raises InvalidInput naming the file: too large, empty, a program, or more files than a ticket may carry.
    """
    if Attachment.objects.filter(ticket_id=ticket.pk).count() >= MAX_FILES_PER_TICKET:
        refuse(_("A ticket carries at most %(limit)s files."), limit=MAX_FILES_PER_TICKET)
    kept = taken_in(upload)
    attachment = Attachment(
        ticket_id=ticket.pk,
        comment=comment,
        uploaded_by=actor,
        is_internal=comment.is_internal if comment else False,
        created_at=at,
        **kept.facts(),
    )
    attachment.file.save(kept.name, kept.stored, save=True)
    return attachment
