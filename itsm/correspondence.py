"""What letters set off: where the mail that comes in (integrations) meets the mail that goes out (notifications) and
the kinds of tickets, which do not know one another. `settings.CORRESPONDENCE` names this page."""

from incidents.services import follow_up, report_incident
from integrations.selectors import reply_address
from notifications.selectors import mail_sent_as
from notifications.services import note_bounce

open_ticket = report_incident
follow_up_closed = follow_up

__all__ = ["follow_up_closed", "mail_sent_as", "note_bounce", "open_ticket", "reply_address"]
