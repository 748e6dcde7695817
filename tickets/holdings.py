"""What hangs on a person here: open tickets, tasks and votes."""

from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from core.holdings import portion
from tickets.models import ApprovalSlot, Task, Ticket
from tickets.services import leaving
from tickets.services.tasks import assign
from tickets.vocabulary import TaskState


def open_work(person):
    """Open tickets and tasks, team by team: each has a lead of its own."""
    tickets = Ticket.objects.filter(assignee=person, is_open=True).select_related("team__lead").order_by("team", "pk")
    for team, found in _by_team(tickets):
        yield portion(
            f"tickets-{team.pk if team else 0}", _named(_("Open tickets of %(team)s"), _("Open tickets"), team), found,
            called=lambda one: f"{one.number} {one.title}", path=lambda one: reverse("desk:ticket", args=[one.number]),
            proposed=_lead(team, person), rests=_("They wait in the queue of the team.") if team else "",
            pass_on=lambda to, actor, found=found: [leaving.hand_over(one, person, to, actor=actor) for one in found],
        )  # fmt: skip
    tasks = Task.objects.filter(assignee=person, state__in=[TaskState.WAITING, *TaskState.workable()])
    for team, found in _by_team(tasks.select_related("team__lead", "ticket").order_by("team", "pk")):
        yield portion(
            f"tasks-{team.pk if team else 0}", _named(_("Tasks of %(team)s"), _("Tasks"), team), found,
            called=lambda one: f"{one.ticket.number} {one.title}",
            path=lambda one: reverse("desk:ticket", args=[one.ticket.number]),
            proposed=_lead(team, person), rests=_("They wait in the queue of the team.") if team else "",
            pass_on=lambda to, actor, found=found: [
                assign(one, actor=None, team=one.team, assignee=to) for one in found
            ],
        )  # fmt: skip


def votes(person):
    """Votes pass on by the rules of approval, as soon as nobody can give them: `tickets.services.voting`."""
    waiting = ApprovalSlot.objects.filter(approver=person).undecided().select_related("ticket")
    yield portion(
        "votes", _("Approvals that wait for them"), waiting,
        called=lambda one: f"{one.ticket.number} {one.ticket.title}", proposed=person.manager,
        rests=_("They pass to the line manager, else to the lead of the team."),
    )  # fmt: skip


def _by_team(rows):
    for _pk, found in groupby(rows, key=lambda row: row.team_id):
        found = list(found)
        yield found[0].team, found


def _named(of_team, alone, team):
    return of_team % {"team": team} if team else alone


def _lead(team, person):
    lead = team.lead if team else None
    return lead if lead is not None and lead.is_active and lead != person else person.manager
