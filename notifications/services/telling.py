"""From an event to lines behind the bell and mails in the outbox."""

from datetime import timedelta

from django.db import transaction

from accounts.models import User
from core import clock
from events.models import Event
from notifications import selectors
from notifications.models import Mail, Notification
from notifications.recipients import told
from notifications.services import chat_telling, composing
from notifications.vocabulary import ABOUT_DEADLINES, Kind, Way
from tickets.models import Ticket
from tickets.services.withdrawing import UNDO_FOR


@transaction.atomic
def tell(event):
    """`later` handler: tell everybody whom an event on a ticket concerns, once each.

    In order: passes over what happened long before it was recorded; asks the rules who is concerned; drops people
    who are deactivated or may not see the ticket (or its internal side) any more; writes a line behind the bell, a
    mail in the outbox and a line for their chat as each of them chose. Running it again changes nothing.
    """
    ticket = Ticket.objects.select_related("requester", "opened_by").filter(pk=event.subject_id).first()
    if ticket is None or event.is_history or selectors.is_taken_back(event):
        return
    kinds = told(selectors.scene_of(event, ticket))
    if not kinds:
        return
    spoken = selectors.spoken_with(event)
    choices = selectors.choices_of(kinds, set(kinds.values()))
    calendars = selectors.mail_calendars_of([pk for pk, kind in kinds.items() if kind in ABOUT_DEADLINES])
    chats = chat_telling.chats_of(kinds)
    for user in User.objects.active().filter(pk__in=kinds).order_by("pk"):
        kind = kinds[user.pk]
        if not selectors.may_read(user, ticket, is_internal=_is_internal(event, kind)):
            continue
        if selectors.wants(choices, user.pk, kind, Way.BELL):
            ring(user, kind, event, ticket=ticket)
        if user.email and selectors.wants(choices, user.pk, kind, Way.MAIL):
            letter = composing.compose(user, kind, event, ticket, spoken)
            post(user, kind, event, letter, ticket=ticket, hours=calendars.get(user.pk))
        if user.pk in chats and selectors.wants(choices, user.pk, kind, Way.CHAT):
            final_at, is_internal = _when_final(event, clock.recorded_now()), _is_internal(event, kind)
            chat_telling.write(chats[user.pk], kind, event, ticket, not_before=final_at, is_internal=is_internal)


@transaction.atomic
def tell_account(event):
    """`later` handler of user.password_reset_requested and user.invited: a mail whose link is made when it is sent."""
    user = User.objects.active().filter(pk=event.subject_id).first()
    if user is not None and user.email:
        kind = Kind.INVITED if event.name == "user.invited" else Kind.PASSWORD
        post(user, kind, event, composing.compose_account(user, kind))


def post(user, kind, event, letter, *, ticket=None, hours=None):
    """Put a composed letter into the outbox, once per event and person.

    With `hours` it waits until they open; with an answer of the desk until that can no longer be withdrawn.
    """
    key = f"event-{event.pk}-user-{user.pk}"
    now = clock.recorded_now()
    Mail.objects.get_or_create(
        effect_key=key,
        defaults={
            "user": user,
            "address": user.email,
            "language": user.language,
            "kind": kind,
            "ticket": ticket,
            "event": event,
            "is_internal": ticket is not None and _is_internal(event, kind),
            "subject": letter.subject,
            "text": letter.text,
            "html": letter.html,
            "message_id": composing.message_id(key),
            "thread_id": composing.message_id(f"ticket-{ticket.pk}") if ticket else "",
            "not_before": next_opening(hours, now) if hours else _when_final(event, now),
            "created_at": now,
        },
    )


@transaction.atomic
def take_back(event):
    """`now` handler of ticket.reply_withdrawn: its mails stay here, and nobody's bell speaks of it."""
    told = Event.objects.filter(name="ticket.commented", subject_kind=event.subject_kind, subject_id=event.subject_id)
    told = told.filter(data__comment=event.data["withdrawn"])
    Mail.objects.filter(event__in=told, state=Mail.State.QUEUED).update(state=Mail.State.WITHDRAWN)
    Notification.objects.filter(event__in=told).delete()


def _when_final(event, now):
    is_answer = event.name == "ticket.commented" and event.data.get("is_answer")
    return max(now, event.at + UNDO_FOR) if is_answer else now


def next_opening(hours, now):
    """The first working instant of a business calendar from `now` on; now for a calendar that never opens."""
    second_later = hours.add(now.replace(microsecond=0), 1)
    return now if second_later is None else max(now, second_later - timedelta(seconds=1))


def ring(user, kind, event, **about):
    """A line behind the bell about a `ticket`, an `agreement` or an `article`, once per event and person."""
    Notification.objects.get_or_create(user=user, event=event, defaults={"kind": kind, "created_at": event.at} | about)


def _is_internal(event, kind) -> bool:
    """Whether only people who read internal notes may be told. A survey is asked of the requester, and a ticket is
    shared with a colleague, by name."""
    return not event.is_public and kind not in (Kind.SURVEY, Kind.SHARED)
