"""Reading letters and mailboxes: who wrote, to which ticket, how many lately."""

import re
from datetime import timedelta
from email.utils import parseaddr
from importlib import import_module

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from integrations import reply_address as signed
from integrations.models import InboundMessage, Mailbox
from integrations.vocabulary import State
from tickets import rules as ticket_rules
from tickets.models import Ticket

RATE_WINDOW = timedelta(minutes=10)
_NUMBER = r"\b([A-Z]{2,5}\d{6,12})\b"


def correspondence():
    """The page that says what letters set off."""
    return import_module(settings.CORRESPONDENCE)


def reply_address(ticket, user) -> str:
    """Where answers of `user` about `ticket` go: the mailbox it came through, else the first; "" without any."""
    active = Mailbox.objects.filter(is_active=True)
    came = active.filter(messages__ticket=ticket.pk, messages__state=State.OPENED).first()
    mailbox = came or active.order_by("pk").first()
    return signed.address(mailbox.address, ticket.pk, user.pk) if mailbox else ""


def own_addresses() -> set[str]:
    """Addresses that write on our behalf; what comes from them came back."""
    ours = {address.lower() for address in Mailbox.objects.values_list("address", flat=True)}
    return ours | {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()}


def person_writing(address):
    """The person with this e-mail address, deactivated ones too; None when nobody has it."""
    return User.objects.alias(lower_email=Lower("email")).filter(lower_email=address).first() if address else None


def recent_count(**about) -> int:
    """How many letters came within RATE_WINDOW before `before`; `about` narrows by fields."""
    before = about.pop("before")
    return InboundMessage.objects.filter(received_at__gt=before - RATE_WINDOW, received_at__lte=before, **about).count()


def came_elsewhere(message) -> bool:
    """Whether the same letter was already used through another mailbox."""
    twins = InboundMessage.objects.filter(message_id=message.message_id, sender=message.sender)
    return twins.exclude(mailbox=message.mailbox_id).filter(state__in=(State.THREADED, State.OPENED)).exists()


def answered_mail(letter):
    """(ticket, is_internal) of the mail this answers by In-Reply-To or References; None when it answers none of ours.

    Our own mails come first, then letters that came in and belong to a ticket.
    """
    if not letter.answers_to:
        return None
    if sent := correspondence().mail_sent_as(letter.answers_to):
        return sent.ticket_id, sent.is_internal
    came = InboundMessage.objects.filter(message_id__in=letter.answers_to, ticket__isnull=False).order_by("-pk").first()
    return (came.ticket_id, False) if came else None


def visible_ticket(ticket_id, person):
    return Ticket.objects.visible_to(person).filter(pk=ticket_id).first()


def ticket_by_key(ticket_id):
    return Ticket.objects.filter(pk=ticket_id).first()


def ticket_in_subject(subject, person):
    """The ticket whose number the subject names, for those who take part in it; anybody may write a number."""
    for number in re.findall(_NUMBER, subject)[:5]:
        ticket = Ticket.objects.visible_to(person).filter(number=number).first()
        if ticket is not None and _takes_part(person, ticket):
            return ticket
    return None


def _takes_part(person, ticket):
    if ticket_rules.raised_it(person, ticket) or ticket_rules.works_it(person, ticket):
        return True
    return ticket.watchers.filter(user=person).exists()


def inbound(*, state="", mailbox=None, search=""):
    """Letters, newest first, narrowed by state, mailbox, and words of sender or subject."""
    rows = InboundMessage.objects.select_related("mailbox", "ticket").order_by("-pk")
    if state:
        rows = rows.filter(state=state)
    if mailbox:
        rows = rows.filter(mailbox=mailbox)
    if search:
        rows = rows.filter(Q(sender__icontains=search) | Q(subject__icontains=search))
    return rows


def waiting_messages():
    """Letters that were kept and not handled: a worker died, or the database went away in between."""
    return InboundMessage.objects.filter(state=State.RECEIVED).order_by("pk")


def mailboxes_on_servers() -> list[int]:
    """Keys of the mailboxes that have to be looked into."""
    return list(Mailbox.objects.filter(is_active=True).exclude(host="").order_by("pk").values_list("pk", flat=True))


def mailbox_at(address) -> Mailbox | None:
    """The active mailbox with this address (what stands behind a plus is left aside); for "" the first one."""
    active = Mailbox.objects.filter(is_active=True).order_by("pk")
    return (active.filter(address=signed.plain(address.lower())) if address else active).first()
