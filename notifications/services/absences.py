"""The mail to whoever stands in for somebody, whose absence was arranged for them, and who leads a turn on call that
falls into it."""

from django.db import transaction
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import reporting_line, turns_of
from core.reading import reading_as
from core.templatetags.presentation import due_words
from notifications import links
from notifications.services import composing
from notifications.services.telling import post
from notifications.vocabulary import Kind

HEARD = ("user.absence_arranged", "user.absence_ended")


@transaction.atomic
def tell_absence(event):
    """`later` handler: tell whom an absence concerns, whatever mails they chose; nobody of their own acts."""
    if event.is_history:
        return
    person = User.objects.get(pk=event.subject_id)
    substitute = User.objects.get(pk=event.data["substitute"])
    start, end = (parse_datetime(event.data[name]) for name in ("from_at", "until_at"))
    is_ended = event.name == "user.absence_ended"
    turns = [] if is_ended else turns_of(person, start, end)
    told = {}
    for roster, _turn in turns:
        lead = next((one for one in reporting_line(roster.team) if one != person), None)
        told |= {lead: "lead"} if lead else {}
    told |= {person: "person", substitute: "substitute"}
    for user, part in told.items():
        if user.is_active and user.email and user.pk != event.actor_id:
            post(user, Kind.ABSENCE, event, _letter(user, part, person, substitute, (start, end), turns, is_ended))


def _letter(user, part, person, substitute, span, turns, is_ended):
    with reading_as(user):
        names = {"name": links.unmarked(person), "other": links.unmarked(substitute)}
        facts = [(_("From"), due_words(span[0])), (_("To"), due_words(span[1]))]
        for roster, turn in turns:
            facts.append((links.unmarked(roster), f"{due_words(turn.start_at)} – {due_words(turn.end_at)}"))
        content = composing.Content(
            headline=_headline(part, is_ended) % names, language=user.language, facts=facts,
            buttons=[(_("Look at it"), links.absolute(_page(part, turns)))],
        )  # fmt: skip
        return composing.printed(content.headline, content)


def _headline(part, is_ended) -> str:
    if is_ended:
        return {
            "substitute": _("%(name)s decides alone again: you stand in no more."),
            "person": _("You decide alone again: %(other)s stands in no more."),
        }[part]
    return {
        "substitute": _("You stand in for %(name)s."),
        "person": _("%(other)s stands in for you."),
        "lead": _("%(name)s is away during a turn on call. Please look who takes over."),
    }[part]


def _page(part, turns) -> str:
    return reverse("accounts:roster", args=[turns[0][0].pk]) if part == "lead" else reverse("accounts:absence")
