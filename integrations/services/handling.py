"""What becomes of one letter: set aside, a bounce noted, words for a ticket, or a new ticket."""

import re
from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from core.errors import InvalidInput, NotAllowed
from core.text import clean_text
from core.uploads import taken_in
from integrations import reply_address as signed
from integrations import selectors
from integrations.letters import Nature
from integrations.services import containing, senders
from integrations.vocabulary import Reason, State
from tickets import rules as ticket_rules
from tickets import services as tickets
from tickets.models import Channel

LONGEST_TEXT = 45_000
LONGEST_TITLE = 180
MOST_FILES = 50
_PREFIX = re.compile(r"^(?:(?:re|fw|fwd|aw|wg|回复|答复|转发|回覆|轉寄)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE)


class Outcome(NamedTuple):
    state: State
    reason: str = ""
    detail: str = ""
    ticket: Any = None
    comment: Any = None


def outcome_of(message, letter, *, is_vouched) -> Outcome:
    """Do what a letter asks for, in the caller's transaction; the first of these that holds decides.

    It cannot be read; it reports a mail that did not arrive; it must not be answered (`containing`); nobody knows its
    sender; it belongs to a ticket its sender may see; it opens a ticket. Raises Refused.
    """
    if letter.fault:
        return Outcome(State.QUARANTINED, Reason.UNREADABLE, letter.fault)
    if letter.nature == Nature.BOUNCE:
        return _bounce(letter)
    if contained := containing.why(message, letter, is_vouched=is_vouched):
        state, reason = contained
        return Outcome(state, reason, ticket=_ticket_meant(letter) if letter.nature == Nature.AUTOMATIC else None)
    person = senders.person_of(message.mailbox, letter)
    if person is None:
        return Outcome(State.QUARANTINED, Reason.UNKNOWN)
    if not person.is_active:
        return Outcome(State.QUARANTINED, Reason.DEACTIVATED)
    ticket, is_internal = _thread(letter, person)
    if ticket is None:
        return _open(message, letter, person)
    return _speak(message, letter, person, ticket, is_internal)


def _bounce(letter):
    report = letter.report
    mail = selectors.correspondence().note_bounce(
        report.message_ids, address=report.address, reason=report.reason or report.status, is_final=report.is_final
    )
    if mail is None:
        return Outcome(State.IGNORED, Reason.BOUNCE, report.reason)
    return Outcome(State.BOUNCED, detail=f"{report.address} {report.reason}".strip(), ticket=mail.ticket)


def _ticket_meant(letter):
    answered = selectors.answered_mail(letter)
    return selectors.ticket_by_key(answered[0] if answered else signed.ticket_of(letter.recipients))


def _thread(letter, person):
    """(the ticket it belongs to or None, whether its words are an internal note).

    By the Message-IDs it answers, then by the signed address it was sent to, both only to a ticket that its sender may
    see; then by the number in the subject, only for those who take part. Whoever answers a mail about something
    internal, or as staff by the address alone, writes an internal note: nobody outside may read it by mistake.
    """
    answered = selectors.answered_mail(letter)
    ticket = selectors.visible_ticket(answered[0], person) if answered else None
    if ticket is not None:
        return ticket, answered[1] and ticket_rules.reads_internal(person, ticket)
    ticket = selectors.visible_ticket(signed.ticket_of(letter.recipients), person)
    ticket = ticket or selectors.ticket_in_subject(letter.subject, person)
    if ticket is None:
        return None, False
    is_colleague = ticket_rules.reads_internal(person, ticket) and not ticket_rules.raised_it(person, ticket)
    return ticket, is_colleague


def _speak(message, letter, person, ticket, is_internal):
    uploads, refused = _uploads(letter)
    body = _body(letter.reply, refused, has_files=bool(uploads))
    if ticket.state_info.is_final and not ticket_rules.triages_it(person, ticket):
        try:
            opened = selectors.correspondence().follow_up_closed(
                ticket, actor=person, body=body, uploads=uploads, channel=Channel.EMAIL, service=message.mailbox.service
            )
        except NotAllowed:
            return _open(message, letter, person)
        return Outcome(State.OPENED, ticket=opened)
    said = tickets.comment(
        ticket, actor=person, body=body, is_internal=is_internal, uploads=uploads, channel=Channel.EMAIL
    )
    return Outcome(State.THREADED, ticket=ticket, comment=said)


def _open(message, letter, person):
    """A new ticket of the mailbox's service, handed to its team where that serves the sender's organisation."""
    mailbox, (uploads, refused) = message.mailbox, _uploads(letter)
    ticket = selectors.correspondence().open_ticket(
        actor=person,
        title=_title(letter),
        description=_body(letter.text, refused, has_files=bool(uploads)),
        service=mailbox.service,
        channel=Channel.EMAIL,
        uploads=uploads,
        source="mail",
        source_ref=str(message.pk),
    )
    if mailbox.team and mailbox.team.serves.filter(pk=ticket.organisation_id).exists():
        ticket = tickets.take_transition(ticket, "assign", actor=None, values={"team": mailbox.team})
    return Outcome(State.OPENED, ticket=ticket)


def _title(letter):
    subject = _PREFIX.sub("", letter.subject).strip()
    first_line = next(iter(letter.text.strip().split("\n")), "").strip("#>*- ")
    return clean_text(subject or first_line)[:LONGEST_TITLE] or _("(no subject)")


def _body(text, refused, *, has_files):
    """The words, cut where they are endless, with a line on what could not be taken in. The raw letter has it all."""
    body = clean_text(text)
    if len(body) > LONGEST_TEXT:
        body = body[:LONGEST_TEXT] + "\n\n" + _("[The letter is longer. The administrators have all of it.]")
    if refused:
        body += "\n\n" + _("Not taken in from the mail: %(names)s") % {"names": ", ".join(refused)[:500]}
    return body.strip() or ("" if has_files else _("(no text)"))


def _uploads(letter):
    """(files that a ticket takes, names of those it does not)."""
    uploads, refused = [], [*letter.left_out]
    for file in letter.files[:MOST_FILES]:
        name = clean_text(file.name) or "file"
        try:
            taken_in(SimpleUploadedFile(name, file.content))
        except InvalidInput:
            refused.append(name)
        else:
            uploads.append(SimpleUploadedFile(name, file.content))
    return uploads, refused
