"""Reading: who stands around a ticket, what people chose, what waits behind the bell, how mails fared."""

import re
from datetime import timedelta

from django.db import transaction
from django.db.models import Count

from accounts import selectors as people
from accounts.models import Team, User
from core import clock
from events.models import Event
from notifications.models import ChatChannel, Mail, MailHours, Notification, Preference
from notifications.recipients import Scene, told
from notifications.vocabulary import Way, default_of
from sla.models.calendar import compiled_calendar
from tickets import kinds as ticket_kinds
from tickets import rules as ticket_rules
from tickets.models import Comment, Ticket


def scene_of(event, ticket) -> Scene:
    """The event with the people around its ticket. Team and assignee are those right after the event."""
    facts = _holders_of_task(event) or event.data.get("facts") or {}
    team_id = facts.get("team", ticket.team_id)
    assignee_id = facts.get("assignee", ticket.assignee_id)
    members = _members(team_id)
    return Scene(
        name=event.name,
        data=event.data,
        actor_id=event.actor_id,
        is_public=event.is_public,
        is_reaction=event.cause_id is not None,
        requester_ids=_requesters(ticket),
        assignee_id=assignee_id,
        member_ids=members,
        holder_ids=(assignee_id,) if assignee_id else members or _first_line(ticket),
        watcher_ids=tuple(ticket.watchers.order_by("user_id").values_list("user_id", flat=True)),
        lead_id=_lead(team_id),
        already_told=_told_with_action(event, ticket),
    )


def _holders_of_task(event):
    """Whose a task is, when it is somebody's in particular: else whoever has the ticket has it."""
    if event.name.startswith("task.") and (event.data.get("team") or event.data.get("assignee")):
        return {"team": event.data["team"], "assignee": event.data["assignee"]}
    return None


def _requesters(ticket):
    """The requester, and whoever reported for them unless that was the desk."""
    opener = ticket.opened_by
    if opener is None or opener.is_staff_member or opener == ticket.requester:
        return (ticket.requester_id,)
    return (ticket.requester_id, opener.pk)


def _members(team_id):
    if team_id is None:
        return ()
    rows = User.objects.active().filter(memberships__team=team_id)
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def _first_line(ticket):
    teams = Team.objects.active().filter(line=Team.Line.FIRST, serves=ticket.organisation_id)
    rows = User.objects.active().filter(memberships__team__in=teams)
    return tuple(rows.order_by("pk").values_list("pk", flat=True).distinct())


def _lead(team_id):
    team = Team.objects.filter(pk=team_id).select_related("lead", "parent__lead").first()
    line = people.reporting_line(team) if team else []
    return line[0].pk if line else None


def _of_transition() -> str:
    """A pattern of the names of everything that a ticket's table of states can do."""
    return rf"^({'|'.join(ticket_kinds.names())})\."


def companion_of(event):
    """The action a comment was spoken with (hold, escalate, …), or None: both carry one instant and one actor."""
    if event.name != "ticket.commented":
        return None
    return (
        Event.objects.filter(subject_kind=event.subject_kind, subject_id=event.subject_id, at=event.at)
        .filter(actor=event.actor_id, name__regex=_of_transition(), pk__lt=event.pk)
        .order_by("-pk")
        .first()
    )


def _told_with_action(event, ticket) -> frozenset:
    action = companion_of(event)
    return frozenset(told(scene_of(action, ticket))) if action else frozenset()


def spoken_with(event):
    """The comment that an event is, or that was given with an action; None when nothing was said."""
    if event.name == "ticket.commented":
        return Comment.objects.filter(pk=event.data.get("comment")).first()
    if not re.match(_of_transition(), event.name):
        return None
    rows = Comment.objects.filter(ticket_id=event.subject_id, created_at=event.at, author=event.actor_id)
    # The handover note of an escalation, the question of a hold.
    return rows.order_by("pk").first() if event.actor_id else None


def is_taken_back(event) -> bool:
    """Whether the words an event tells of were withdrawn; waits for whoever is withdrawing them now."""
    comment = event.data.get("comment") if event.name == "ticket.commented" else None
    if comment is None:
        return False
    with transaction.atomic():
        row = Comment.objects.select_for_update(no_key=True).filter(pk=comment).first()
        return row is not None and row.withdrawn_at is not None


def may_read(user, ticket, *, is_internal) -> bool:
    """Whether a person may still see this ticket, and what is internal on it."""
    if not user.is_active or not Ticket.objects.visible_to(user).filter(pk=ticket.pk).exists():
        return False
    return not is_internal or ticket_rules.reads_internal(user, ticket)


def choices_of(user_ids, kinds) -> dict:
    """{(person, kind, way): on or off} as chosen; what is missing follows the default."""
    rows = Preference.objects.filter(user__in=user_ids, kind__in=kinds)
    return {(row.user_id, row.kind, row.way): row.is_on for row in rows}


def mail_calendars_of(user_ids) -> dict:
    """{person: business calendar} of those among `user_ids` whose mails about deadlines keep working hours."""
    if not user_ids:
        return {}
    rows = MailHours.objects.filter(user__in=user_ids).select_related("calendar")
    versions = {row.user_id: row.calendar.current() for row in rows}
    return {user: compiled_calendar(version.pk) for user, version in versions.items() if version}


def wants(choices, user_id, kind, way) -> bool:
    return choices.get((user_id, kind, way), getattr(default_of(kind), Way(way).value))


def team_sees(team, ticket) -> bool:
    """Whether everybody in a team may read a ticket because of the team."""
    return team.serves.filter(pk=ticket.organisation_id).exists()


def team_chats(event, ticket):
    """The chats of the team an event concerns, right after it: the task's, the ticket's, else the first line's."""
    facts = _holders_of_task(event) or event.data.get("facts") or {}
    team_id = facts.get("team", ticket.team_id)
    teams = Team.objects.active().filter(serves=ticket.organisation_id)
    teams = teams.filter(pk=team_id) if team_id else teams.filter(line=Team.Line.FIRST)
    return ChatChannel.objects.filter(team__in=teams, is_active=True).select_related("team", "user")


def news_of(user):
    """A person's news, newest first, with what its words need."""
    news = Notification.objects.of(user).order_by("-pk")
    return news.select_related(
        "event__actor",
        "ticket__requester",
        *(f"ticket__{kind}" for kind in ticket_kinds.names()),
        "agreement__agreement",
        "article",
        "item",
        "campaign",
        "meeting__board",
        "template",
        "skill",
        "path",
        *(f"proposal__{name}" for name in ("item", "service", "category")),
    )


def unread_count(user) -> int:
    return Notification.objects.of(user).unread().count()


def mails_of(ticket):
    """The mails of a ticket, newest first, with their delivery state; without their bodies."""
    return Mail.objects.filter(ticket=ticket.pk).select_related("user").defer("text", "html").order_by("-pk")


def mailbox(search=""):
    """Every mail of the demo's built-in mailbox, newest first, of people matching `search`."""
    mails = Mail.objects.select_related("user", "ticket").defer("text", "html").order_by("-pk")
    return mails.filter(user__in=User.objects.matching(search)) if search.strip() else mails


def outbox_counts() -> dict:
    """{state: number of mails}, every state named."""
    counted = dict(Mail.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: counted.get(state.value, 0) for state in Mail.State}


# So many mails that came back within so many days speak against an address.
BOUNCES_THAT_COUNT = 3
BOUNCE_DAYS = 30


def mail_sent_as(message_ids) -> Mail | None:
    """The newest of our mails that carries one of these Message-IDs."""
    return Mail.objects.filter(message_id__in=message_ids).defer("text", "html").order_by("-pk").first()


def failing_addresses() -> list[tuple[str, int]]:
    """(address, how many mails came back lately) of addresses that mail does not reach, the worst first."""
    since = clock.now() - timedelta(days=BOUNCE_DAYS)
    bounced = Mail.objects.order_by().filter(state=Mail.State.BOUNCED, created_at__gt=since)
    counted = bounced.values_list("address").annotate(n=Count("pk")).filter(n__gte=BOUNCES_THAT_COUNT)
    return list(counted.order_by("-n", "address")[:50])
