"""Taking back the last act: by its inverse, through the same doors, or an honest no."""

from datetime import timedelta

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import Team, User
from cmdb.models import ConfigurationItem
from core import clock
from core.errors import Refused
from events.models import Event
from tickets.models import ChecklistItem, Comment, Ticket
from tickets.sentences import Names, sentence
from tickets.services import checklists, people, snoozing
from tickets.services.editing import edit
from tickets.services.tagging import tag
from tickets.services.transitions import take_transition
from tickets.services.withdrawing import withdraw

WITHIN = timedelta(seconds=60)


def last_act(actor) -> list[Event]:
    """What `actor` did to tickets in one request, the last of it first; nothing older than WITHIN."""
    done = list(_done_by(actor).filter(recorded_at__gte=clock.recorded_now() - WITHIN)[:200])
    request = done[0].request_id if done else ""
    # Outside a request ("-") every event is an act of its own.
    return [event for event in done if event.request_id == request] if request not in ("", "-") else done[:1]


def act_between(actor, ticket, since, until) -> list[Event]:
    """What `actor` did to one ticket from `since` to `until`, the last of it first."""
    return list(_done_by(actor).filter(subject_id=ticket.pk, at__gte=since, at__lte=until)[:50])


def _done_by(actor):
    return Event.objects.filter(subject_kind="ticket", actor=actor, cause=None).order_by("-id")


@transaction.atomic
def undo(act, *, actor) -> Ticket:
    """Take back `act` (events of one ticket, the last first); all of it or nothing.

    Raises Refused when there is nothing to undo, when it went too far to be taken back, or when the ticket moved on
    since; NotAllowed where the inverse is not the actor's to take. Returns the ticket as it stands then.
    """
    if not act:
        raise Refused(_("There is nothing to undo: the last minute holds no act of yours."))
    ticket = Ticket.objects.select_for_update().get(pk=act[0].subject_id)
    for event in act:
        if _inverse_of(event) is None or event.subject_id != ticket.pk:
            done = sentence(event, Names([event]))
            raise Refused(_("This cannot be taken back: “%(act)s”. Change it on the ticket.") % {"act": done})
    left_at = max((event.data["version"] for event in act if "version" in event.data), default=ticket.version)
    if ticket.version != left_at:
        raise Refused(_("%(number)s was changed since; nothing was undone.") % {"number": ticket.number})
    for event in act:
        _inverse_of(event)(Ticket.objects.get(pk=ticket.pk), event, actor)
    ticket.refresh_from_db()
    return ticket


def _inverse_of(event):
    return _INVERSES.get(event.name) or _INVERSES.get(event.name.partition(".")[2])


def _unedit(ticket, event, actor):
    before = {name: pair[0] for name, pair in (event.data.get("changes") or {}).items()}
    if before.keys() & {"impact", "urgency", "priority"}:
        # Without both the matrix would speak again.
        before = {"priority": ticket.priority, "priority_reason": ticket.priority_reason} | before
    changes = {}
    for column, value in before.items():
        field = next(f for f in ticket._meta.concrete_fields if f.attname == column)
        is_key = field.is_relation and value is not None
        changes[field.name] = field.related_model._base_manager.get(pk=value) if is_key else value
    if items := event.data.get("affected_items"):
        changes["affected_items"] = list(ConfigurationItem.objects.filter(pk__in=items[0]))
    edit(ticket, actor=actor, changes=changes)


def _unassign(ticket, event, actor):
    """Back to the team and person before; to nobody's queue when it had neither; at work again if it was."""
    changes, was = event.data["changes"], event.data["states"][0]
    team, assignee = (changes.get(name, [getattr(ticket, name)])[0] for name in ("team_id", "assignee_id"))
    if was == ticket.typed.workflow.initial.key and team is None:
        take_transition(ticket, "requeue", actor=actor, values={"reason": _("Undone")})
        return
    if team is None or was == ticket.typed.workflow.initial.key:
        raise Refused(_("%(number)s had no team before; give it one.") % {"number": ticket.number})
    values = {"team": Team.objects.get(pk=team)}
    if assignee is not None:
        values["assignee"] = User.objects.get(pk=assignee)
    ticket = take_transition(ticket, "assign", actor=actor, values=values)
    if was == "in_progress":
        take_transition(ticket, "start", actor=actor)


def _untag(ticket, event, actor):
    tag(ticket, actor=actor, add=event.data["removed"], remove=event.data["added"])


def _unsnooze(ticket, event, actor):
    before = parse_datetime(event.data.get("before") or "")
    if before and before > clock.recorded_now():
        snoozing.snooze(ticket, actor=actor, until=before)
    else:
        snoozing.wake(ticket, actor=actor)


def _untick(ticket, event, actor):
    step = ChecklistItem.objects.filter(ticket=ticket.pk, text=event.data["step"]).first()
    if step is not None:
        checklists.tick_step(step, actor=actor, is_done=event.name == "ticket.step_reopened")


def _unwatch(ticket, event, actor):
    command = people.unwatch if event.name == "ticket.watched" else people.watch
    command(ticket, user=User.objects.get(pk=event.data["user"]), actor=actor)


def _unsay(ticket, event, actor):
    withdraw(Comment.objects.get(pk=event.data["comment"]), actor=actor)


# By the event's name, or by what happened to a ticket of any kind.
_INVERSES = {
    "ticket.commented": _unsay,
    "ticket.edited": _unedit,
    "ticket.tagged": _untag,
    "ticket.snoozed": _unsnooze,
    "ticket.unsnoozed": _unsnooze,
    "ticket.step_done": _untick,
    "ticket.step_reopened": _untick,
    "ticket.watched": _unwatch,
    "ticket.unwatched": _unwatch,
    "assigned": _unassign,
    "claimed": _unassign,
    "started": _unassign,
}
