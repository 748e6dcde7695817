"""Mails that came back."""

from django.db import transaction
from django.utils.translation import gettext_noop

from core.text import clean_text
from events import services as events
from notifications.models import Mail
from tickets.models import Ticket


@transaction.atomic
def note_bounce(message_ids, *, address, reason, is_final) -> Mail | None:
    """What a mail server reports of one of our mails; returns the mail, None when it is none of ours.

    In order: a final report marks the mail as come back; the ticket's own people read of it in its timeline
    (`ticket.mail_bounced`, internal), which tells nobody by mail. A report that comes again changes nothing.
    """
    mail = Mail.objects.select_for_update().filter(message_id__in=message_ids).order_by("-pk").first()
    if mail is None or mail.state == Mail.State.BOUNCED:
        return mail
    reason = clean_text(reason)[:500]
    if is_final:
        mail.state, mail.last_error = Mail.State.BOUNCED, reason or gettext_noop("The mail came back.")
        mail.save(update_fields=["state", "last_error"])
    if mail.ticket_id:
        ticket = Ticket.objects.get(pk=mail.ticket_id)
        told = {"address": mail.address, "reason": f"{mail.address}: {reason}", "is_final": is_final, "mail": mail.pk}
        events.publish("ticket.mail_bounced", subject=ticket, actor=None, is_public=False, **told)
    return mail
