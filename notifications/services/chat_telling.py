"""From an event to lines for chats: number, title, priority, state, deadline and a link; never what people wrote."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.reading import reading_as
from core.templatetags.presentation import due_words
from notifications import chat_rules, links, selectors, wording
from notifications.chat_platforms import Platform
from notifications.models import ChatChannel, ChatMessage
from notifications.vocabulary import Kind
from tickets.models import Ticket

# Where a chat could read a command or a link of its own: `<!channel>`, `<at user_id="all">`, `[here](…)`.
_HARMLESS = str.maketrans("<>", "‹›")
_HARMLESS_CARD = str.maketrans("<>[]", "‹›［］")
_PERSONAL_LINKS = {Kind.APPROVAL: "approve", Kind.ON_CALL: "acknowledge"}


@transaction.atomic
def tell_teams(event):
    """`later` handler: write what happened for the chats of the team it concerns, once each.

    A team that does not serve the ticket's organisation hears nothing. Running it again changes nothing.
    """
    kind = chat_rules.kind_for_team(event.name, event.data)
    ticket = Ticket.objects.filter(pk=event.subject_id).first() if kind else None
    if ticket is None or event.is_history:
        return
    for channel in selectors.team_chats(event, ticket):
        write(channel, kind, event, ticket, not_before=clock.recorded_now())


def write(channel, kind, event, ticket, *, not_before, is_internal=False):
    """Let a line about `event` wait for a channel, once per event."""
    with reading_as(channel):
        text = line(channel, kind, event, ticket)
    ChatMessage.objects.get_or_create(
        channel=channel,
        event=event,
        defaults={
            "kind": kind,
            "ticket": ticket,
            "is_internal": is_internal,
            "text": text,
            "not_before": not_before,
            "created_at": clock.recorded_now(),
        },
    )


def line(channel, kind, event, ticket) -> str:
    """Two lines in the active language: what happened to which ticket, and where to go."""
    harmless = _HARMLESS_CARD if channel.platform == Platform.TEAMS else _HARMLESS
    facts = [ticket.get_priority_display(), str(ticket.state_info.label)]
    if ticket.due_at:
        facts.append(_("due %(time)s") % {"time": due_words(ticket.due_at)})
    if channel.user and not channel.user.is_staff_member:
        facts = []
    what = _("A task failed") if event.name == "task.failed" else wording.short(kind)
    words = f"{what} · {ticket.number} {links.unmarked(ticket.title)}".translate(harmless)
    return wording.one_line(f"{words} ({' · '.join(facts)})" if facts else words) + "\n" + _link(channel, kind, ticket)


def _link(channel, kind, ticket):
    """A person's own chat may carry a link that acts for them; a room's leads to a page that asks to sign in."""
    if channel.user is None:
        return links.absolute(reverse("desk:ticket", args=[ticket.number]))
    if kind in _PERSONAL_LINKS:
        return links.mark(_PERSONAL_LINKS[kind])
    return links.absolute(links.path_of(kind, ticket, channel.user))


def queue_link(channel) -> str:
    """Where all news of a channel can be read."""
    if channel.user is None:
        return links.absolute(reverse("desk:queue"))
    return links.absolute(reverse("notifications:list"))


def chats_of(user_ids) -> dict:
    """{person: their own channel} of those who have one that works."""
    rows = ChatChannel.objects.filter(user__in=user_ids, is_active=True).select_related("user")
    return {row.user_id: row for row in rows}
