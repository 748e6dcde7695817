"""Acting on a threshold that was crossed: each step of the clock's own snapshot, once."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Team
from core import clock as wall
from core.errors import Refused
from events import services as events
from sla import rules
from sla.engine import Mark
from sla.models import Escalation, EscalationStep, Firing
from sla.selectors import lines
from sla.services import calling
from tickets import services as tickets
from tickets.models import Ticket

Action, State = EscalationStep.Action, Escalation.State

NO_HIGHER_LINE = gettext_noop("No team of a higher line serves this organisation.")
NOT_SERVING = gettext_noop("The team is not in use or does not serve this organisation.")
THERE_ALREADY = gettext_noop("The ticket is with this team already.")
HIGHEST_ALREADY = gettext_noop("The priority is the highest already.")
NOT_IN_THIS_STATE = gettext_noop("Not possible in the state the ticket was in.")
TOO_DEEP = gettext_noop("Left out: escalations had set each other off too many times in a row.")


class Impossible(Exception):
    """A step cannot be done; the message is one of the reasons above, translated when it is read."""


@transaction.atomic
def escalate(event) -> None:
    """`later` handler of sla.threshold_crossed and sla.breached: do the steps that are due at this mark.

    In order: passes over history that was only imported, and firings withdrawn meanwhile; locks the ticket; does
    each step that this firing has no line in the log for. Steps that move the ticket or raise its priority are done
    once in a cycle, so that a re-target that fires the same mark again cannot go round in a ring, and not again for a
    mark that a correction only recorded anew; people are told only of a firing that notifies. A step that is not
    possible now is a line that says why, never an error.
    """
    firing = Firing.objects.select_related("clock").get(pk=event.data["firing"])
    steps = rules.steps_at(calling.terms_at(firing), Mark(firing.pct, firing.offset))
    if not steps or event.is_history:
        return
    ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=firing.clock.ticket_id)
    if Firing.objects.filter(pk=firing.pk, is_withdrawn=True).exists():
        return
    now = wall.recorded_now()
    done = set(firing.escalations.values_list("step", flat=True))
    for index, step in steps:
        if index in done:
            continue
        case = calling.Case(firing, ticket, index)
        if step["action"] in EscalationStep.FUNCTIONAL:
            if not _was_done(case):
                _act(case, now)
                ticket = Ticket.objects.get(pk=ticket.pk)
        elif event.data["notify"]:
            _tell(case, now, since=calling.fair_start(event.at, now))


def _was_done(case) -> bool:
    """Whether the step was done in this cycle, or since this mark was due for a firing that a correction withdrew:
    a late answer gives the cycles after it other numbers."""
    firing = case.firing
    same = {"clock": firing.clock_id, "pct": firing.pct, "offset": firing.offset}
    rows = Escalation.objects.filter(**{f"firing__{name}": value for name, value in same.items()})
    rows = rows.filter(Q(firing__cycle=firing.cycle) | Q(firing__is_withdrawn=True, at__gte=firing.due_at))
    return rows.filter(step=case.index, action=case.step["action"]).exists()


def _tell(case, at, since):
    is_call = case.step["action"] == Action.TELL_ON_CALL
    if is_call and not case.ticket.is_open:
        case.row(State.NOT_POSSIBLE, at=at, detail=calling.NOT_OPEN)
    else:
        calling.tell_next(case, at=at, since=since)


def _act(case, at):
    try:
        if not case.ticket.is_open:
            raise Impossible(calling.NOT_OPEN)
        with transaction.atomic():
            case.row(State.DONE, at=at, **_DEEDS[case.step["action"]](case))
    except Impossible as reason:
        case.row(State.NOT_POSSIBLE, at=at, detail=str(reason))
    except Refused:
        case.row(State.NOT_POSSIBLE, at=at, detail=NOT_IN_THIS_STATE)
    except events.TooDeep:
        case.row(State.NOT_POSSIBLE, at=at, detail=TOO_DEEP)


def _to_team(case) -> dict:
    team = Team.objects.active().serving([case.ticket.organisation_id]).filter(pk=case.step["team"]).first()
    if team is None:
        raise Impossible(NOT_SERVING)
    return _hand_over(case.ticket, team)


def _up(case) -> dict:
    team = lines.next_line(case.ticket)
    if team is None:
        raise Impossible(NO_HIGHER_LINE)
    return _hand_over(case.ticket, team)


def _hand_over(ticket, team):
    """Up the lines it is an escalation, which knows its way back; from the queue or sideways it is assigned."""
    if team.pk == ticket.team_id:
        raise Impossible(THERE_ALREADY)
    is_queued = ticket.state == ticket.typed.workflow.initial.key
    if ticket.team is not None and team.line > ticket.team.line and not is_queued:
        values = {"team": team, "note": _("Escalated because of a deadline")}
        tickets.take_transition(ticket, "escalate", actor=None, values=values)
    else:
        tickets.take_transition(ticket, "assign", actor=None, values={"team": team})
    return {"team": team}


def _raise_priority(case) -> dict:
    before = case.ticket.priority
    if before == 1:
        raise Impossible(HIGHEST_ALREADY)
    changes = {"priority": before - 1, "priority_reason": _("Raised because of a deadline")}
    tickets.edit(case.ticket, actor=None, changes=changes)
    return {"detail": f"P{before} → P{before - 1}"}


_DEEDS = {Action.MOVE_TO_TEAM: _to_team, Action.MOVE_UP: _up, Action.RAISE_PRIORITY: _raise_priority}
