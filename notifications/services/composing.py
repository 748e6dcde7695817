"""A letter: subject, text and HTML in the recipient's language and time zone, with marks for secret links."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.reading import reading_as
from core.templatetags.presentation import due_words
from notifications import links, wording
from notifications.vocabulary import Kind
from tickets import rules as ticket_rules


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


@dataclass
class Content:
    """What the templates print. `quotes`: (label, Markdown). `facts`: (label, value). `buttons`: (label, address)."""

    headline: str
    language: str
    ticket: object = None
    separator: str = ""
    quotes: list = field(default_factory=list)
    facts: list = field(default_factory=list)
    buttons: list = field(default_factory=list)
    ratings_label: str = ""
    ratings: list = field(default_factory=list)
    note: str = ""
    choices_url: str = ""


def message_id(key) -> str:
    """The Message-ID that belongs to an effect key: the same whenever it is computed, telling nothing."""
    digest = salted_hmac("notifications.message-id", key, algorithm="sha256").hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"


def compose(user, kind, event, ticket, spoken) -> Letter:
    """The letter that tells `user` of `event` as `kind`; `spoken` is the comment that belongs to it, or None."""
    with reading_as(user):
        content = Content(
            headline=links.unmarked(wording.headline(kind, event, ticket)),
            language=user.language,
            ticket=ticket,
            separator=links.mark("separator"),
            quotes=_quotes(user, kind, event, ticket, spoken),
            facts=_facts(kind, event, ticket, user),
            choices_url=links.absolute(reverse("notifications:preferences")),
        )
        _offer_answers(content, kind, ticket, user)
        if kind == Kind.LOW_SCORE:
            content.buttons.append((_("Take it up"), links.absolute(links.path_of(kind, ticket, user))))
        content.buttons.append((_("Open the ticket"), links.absolute(links.ticket_path(ticket, user))))
        return printed(links.unmarked(wording.subject(kind, ticket)), content)


def compose_account(user, kind) -> Letter:
    """The letter with a link to choose a first password (INVITED) or a new one (PASSWORD)."""
    with reading_as(user):
        is_first = kind == Kind.INVITED
        label = _("Choose your password") if is_first else _("Choose a new password")
        content = Content(
            headline=_("Welcome. Choose a password to sign in for the first time.")
            if is_first
            else _("Somebody, probably you, asked for a new password."),
            language=user.language,
            facts=[(_("Login"), links.unmarked(user.username))],
            buttons=[(label, links.mark(kind.value))],
            note=_("The link works once and within a week.")
            if is_first
            else _("The link works once and for two hours. If you did not ask for it, ignore this mail."),
        )
        return printed(label, content)


def printed(subject, content) -> Letter:
    """The letter of a content, in the active language."""
    context = {"mail": content}
    return Letter(
        subject=wording.one_line(subject),
        text=render_to_string("notifications/mail/letter.txt", context).strip() + "\n",
        html=render_to_string("notifications/mail/letter.html", context),
    )


def _quotes(user, kind, event, ticket, spoken):
    quotes = []
    may_read_notes = ticket_rules.reads_internal(user, ticket)
    if spoken is not None and (may_read_notes or not spoken.is_internal) and spoken.body:
        quotes.append((_("Internal note") if spoken.is_internal else wording.who(event), links.unmarked(spoken.body)))
    reason = (event.data.get("values") or {}).get("reason") or event.data.get("reason")
    if reason:
        quotes.append((_("Reason"), links.unmarked(reason)))
    notes = (event.data.get("values") or {}).get("resolution_notes")
    if notes:
        quotes.append((_("Resolution"), links.unmarked(notes)))
    said = event.data.get("comment") if event.name == "survey.answered" else ""
    if said:
        quotes.append((_("Comment"), links.unmarked(said)))
    if kind == Kind.RECEIVED and ticket.description:
        quotes.append((_("Your report"), links.unmarked(ticket.description)))
    if kind == Kind.APPROVAL and ticket.description:
        quotes.append((_("What is asked"), links.unmarked(ticket.description)))
    return quotes


def _facts(kind, event, ticket, user):
    facts = [(_("Number"), ticket.number), (_("Title"), links.unmarked(ticket.title))]
    state = ticket.state_info
    facts.append((_("State"), state.label if user.is_staff_member else state.plain or state.label))
    if user.is_staff_member:
        facts.append((_("Priority"), ticket.get_priority_display()))
    if event.name.startswith("sla.") and (due := parse_datetime(str(event.data.get("due_at") or ""))):
        facts.append((_("Due"), due_words(due)))
    return facts


def _offer_answers(content, kind, ticket, user):
    """What can be done from the mail with one click."""
    if kind == Kind.RESOLVED:
        content.buttons += [
            (_("Yes, it is solved"), links.mark("confirm")),
            (_("No, reopen it"), links.mark("reopen")),
        ]
    if kind == Kind.APPROVAL:
        content.buttons += [(_("Approve"), links.mark("approve")), (_("Reject"), links.mark("reject"))]
        content.note = _(
            "The buttons ask you to confirm and work without signing in, for two weeks, until it is decided."
        )
    if kind == Kind.ON_CALL:
        content.buttons.append((_("Acknowledge"), links.mark("acknowledge")))
    if kind in (Kind.RESOLVED, Kind.SURVEY) and user.pk == ticket.requester_id:
        name = "rate" if kind == Kind.RESOLVED else "survey"
        words = {
            5: _("Very satisfied"),
            4: _("Satisfied"),
            3: _("Neither nor"),
            2: _("Dissatisfied"),
            1: _("Very dissatisfied"),
        }
        content.ratings_label = _("How satisfied are you with the help?")
        content.ratings = [("★" * s, s, words[s], links.mark(f"{name}-{s}")) for s in links.SCORES]
