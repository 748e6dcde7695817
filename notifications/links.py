"""Where mails lead: plain addresses, and marks that become secret links only when a mail is sent or shown."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import services as accounts
from core import one_click
from notifications.vocabulary import Kind
from tickets import rules as ticket_rules
from tickets.models import ApprovalSlot

VALID_FOR = timedelta(days=14)
_EDGE = "\ue000"


def absolute(path) -> str:
    """An address of this site, from SITE_URL and never from a request."""
    return f"{settings.SITE_URL}{path}"


def ticket_path(ticket, user) -> str:
    """The page of a ticket for its reader: the desk's for those who work there, else the portal's."""
    is_desk = user.is_staff_member and not ticket_rules.raised_it(user, ticket)
    return reverse("desk:ticket" if is_desk else "portal:ticket", args=[ticket.number])


def path_of(kind, ticket, user) -> str:
    """Where news of a kind leads: to the ticket, or to what waits for its reader's answer."""
    waiting = {Kind.LOW_SCORE: "surveys:follow_ups", Kind.ON_CALL: "sla:calls", Kind.APPROVAL: "portal:approvals"}
    return reverse(waiting[kind]) if kind in waiting else ticket_path(ticket, user)


def agreement_path(version) -> str:
    return reverse("sla:agreement_version", args=[version.agreement_id, version.number])


def article_path(version, reader) -> str:
    """The page of an article: at the desk for people who work there, else as readers see it."""
    return reverse("knowledge:keep" if reader.is_staff_member else "knowledge:article", args=[version.article_id])


def record_path(user, item=None) -> str:
    """The page of an item for people of the desk; else, and for a campaign, what its reader is asked to confirm."""
    return reverse("cmdb:item", args=[item.pk]) if item and user.is_staff_member else reverse("portal:records")


def meeting_path(meeting) -> str:
    return reverse("changes:meeting", args=[meeting.pk])


def template_path(template) -> str:
    return reverse("changes:template", args=[template.pk])


def proposal_path(proposal) -> str:
    return reverse("problems:proposal", args=[proposal.pk])


def learning_path(event, reader) -> str:
    """The skill that nobody has any more, the session, one's own page, or the page of whom it is about."""
    if event.subject_kind == "skill":
        return reverse("desk:skill", args=[event.subject_id])
    if event.subject_kind == "training-session":
        return reverse("training:session", args=[event.subject_id])
    if event.subject_kind != "user" or event.subject_id == reader.pk:
        return reverse("training:me")
    return reverse("training:person", args=[event.subject_id])


def reading_path(event, path, reader) -> str:
    """The path as its reader follows it; where it is kept for whoever leads the person, or owns it."""
    is_theirs = event.data.get("person") == reader.pk or not reader.is_staff_member
    return reverse("knowledge:path" if is_theirs else "knowledge:keep-path", args=[path.pk])


def mark(name) -> str:
    """What stands in a stored mail for the secret link `name`."""
    return f"{_EDGE}{name}{_EDGE}"


def unmarked(text) -> str:
    """What people wrote, unable to pose as a mark."""
    return str(text or "").replace(_EDGE, "")


def filled(mail, text, *, is_html=False) -> str:
    """A stored body with its marks replaced by links for `mail.user`, made now."""
    for name, link in _LINKS.items():
        if mark(name) in text:
            address = link(mail)
            text = text.replace(mark(name), escape(address) if is_html else address)
    return text


def reply_address(mail) -> str:
    """The signed address that answers to this mail go to; empty where no mailbox takes mail in."""
    if mail.ticket is None:
        return ""
    return import_module(settings.CORRESPONDENCE).reply_address(mail.ticket, mail.user)


def _separator(mail):
    """The line above which an answer is read; its code is that of the signed address."""
    address = reply_address(mail)
    if not address:
        return ""
    code = address.partition("+")[2].partition("@")[0]
    with override(mail.language):
        words = _("Reply above this line")
    return f"—— {words} [#{code}] ——"


def _answer(purpose):
    def link(mail):
        token = one_click.sign(purpose, ticket=mail.ticket_id, user=mail.user_id)
        return absolute(reverse(f"notifications:{purpose}", args=[token]))

    return link


def _vote(part):
    """The page where one vote is given without signing in; where none is theirs any more, their list."""

    def link(mail):
        slots = ApprovalSlot.objects.of(mail.user).filter(pk__in=mail.event.data["slots"])
        slot = min(slots, key=lambda one: one.approver_id != mail.user_id, default=None)
        if slot is None:
            return absolute(reverse("portal:approvals"))
        token = one_click.sign("vote", slot=slot.pk, user=mail.user_id)
        return absolute(reverse("notifications:vote", args=[token])) + part

    return link


def _rating(score):
    def link(mail):
        token = one_click.sign("rate", ticket=mail.ticket_id, user=mail.user_id)
        return absolute(reverse("surveys:rate_ticket", args=[token, score]))

    return link


def _survey(score):
    def link(mail):
        code = one_click.derive("survey", mail.event.data["survey"])
        return absolute(reverse("surveys:rate", args=[code, score]))

    return link


def _call(mail):
    token = one_click.sign("acknowledge", event=mail.event_id, user=mail.user_id)
    return absolute(reverse("sla:answer_call", args=[token]))


def _password(mail):
    return accounts.password_reset_link(mail.user)


def _invitation(mail):
    return accounts.invitation_link(mail.user)


SCORES = (5, 4, 3, 2, 1)
_LINKS = {
    "separator": _separator,
    "confirm": _answer("confirm"),
    "reopen": _answer("reopen"),
    "approve": _vote(""),
    "reject": _vote("#reject"),
    "acknowledge": _call,
    "password": _password,
    "invited": _invitation,
    **{f"rate-{score}": _rating(score) for score in SCORES},
    **{f"survey-{score}": _survey(score) for score in SCORES},
}
