"""News for members of change boards about their meetings, and for those who keep templates of standard changes."""

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from changes.models import AgendaItem, BoardMeeting, ChangeTemplate
from core.reading import reading_as
from core.templatetags.presentation import due_words
from notifications import links, selectors, wording
from notifications.services import composing
from notifications.services.telling import post, ring
from notifications.vocabulary import Kind, Way

HEARD = (
    *(f"board_meeting.{name}" for name in ("called", "moved", "cancelled", "closed")),
    *(f"change_template.{name}" for name in ("expiring", "expired", "suspended")),
)
LINES = 30


@transaction.atomic
def tell_keepers(event):
    """`later` handler: tell whom the event names, as they chose and as far as they may see what it is about; nobody of
    their own acts."""
    is_meeting = event.name.startswith("board_meeting.")
    model, kind = (BoardMeeting, Kind.BOARD) if is_meeting else (ChangeTemplate, Kind.TEMPLATE)
    about = model.objects.filter(pk=event.subject_id).first()
    if about is None or event.is_history:
        return
    people = User.objects.active().filter(pk__in=event.data["told"]).exclude(pk=event.actor_id).order_by("pk")
    choices = selectors.choices_of(event.data["told"], [kind])
    for user in people:
        if not model.objects.visible_to(user).filter(pk=about.pk).exists():
            continue
        if selectors.wants(choices, user.pk, kind, Way.BELL):
            ring(user, kind, event, **{"meeting" if is_meeting else "template": about})
        if user.email and selectors.wants(choices, user.pk, kind, Way.MAIL):
            letter = _invitation if is_meeting else _reminder
            post(user, kind, event, letter(user, event, about))


def _invitation(user, event, meeting):
    """About a meeting: where and when, what is on its agenda as far as this member sees it, and what was said."""
    with reading_as(user):
        facts = [(_("Board"), links.unmarked(meeting.board.name)), (_("Starts"), due_words(meeting.starts_at))]
        facts += [(_("Place or link"), links.unmarked(meeting.place))] if meeting.place else []
        quotes = [(_("Reason"), links.unmarked(meeting.reason))] if meeting.reason else []
        if agenda := _agenda(user, meeting):
            quotes.append((_("Agenda"), agenda))
        if meeting.minutes:
            quotes.append((pgettext("meeting", "Minutes"), links.unmarked(meeting.minutes)))
        button = (_("Open the meeting"), links.absolute(links.meeting_path(meeting)))
        return _printed(user, event, meeting.board.name, facts=facts, quotes=quotes, buttons=[button])


def _agenda(user, meeting):
    rows = AgendaItem.objects.visible_to(user).filter(meeting=meeting).select_related("change")[:LINES]
    return "\n".join(f"{n}. {row.change.number} {links.unmarked(row.change.title)}" for n, row in enumerate(rows, 1))


def _reminder(user, event, template):
    with reading_as(user):
        facts = [(_("Template"), links.unmarked(template.name)), (_("State"), template.get_state_display())]
        facts += [(_("valid until"), date_format(template.valid_until))] if template.valid_until else []
        quotes = [(_("Reason"), links.unmarked(template.reason))] if template.reason else []
        button = (_("Open the template"), links.absolute(links.template_path(template)))
        return _printed(user, event, template.name, facts=facts, quotes=quotes, buttons=[button])


def _printed(user, event, name, **content):
    headline = links.unmarked(wording.of_board(event))
    mail = composing.Content(headline=headline, language=user.language, **content)
    return composing.printed(f"{links.unmarked(name)}: {headline}"[:400], mail)
