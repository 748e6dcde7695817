"""Whom an escalation goes to: people to tell one after the other, and the team of the next line."""

from accounts import selectors as people
from accounts.models import Roster, Team, User
from sla.models import EscalationStep
from tickets import rules as ticket_rules
from tickets.models import Ticket

Action = EscalationStep.Action


def attempts(step, ticket, at) -> list[list[User]]:
    """Groups of people to tell, the next one when nobody of the one before answers. An empty group is a gap.

    `step` is a step as snapshotted in terms. The first group is whom the step names; after it comes the line above.
    """
    team = holding_team(ticket)
    leads = people.reporting_line(team) if team else []
    if step["action"] == Action.TELL_ASSIGNEE:
        holder = [ticket.assignee] if ticket.assignee and ticket.assignee.is_active else []
        return [holder, *_each(leads)]
    if step["action"] == Action.TELL_TEAM:
        return [_members(team), *_each(leads)]
    if step["action"] == Action.TELL_ON_CALL:
        return _calls(step["roster"], leads, at)
    if step["action"] == Action.TELL_MANAGER:
        leads = [person for person in leads if person != team.lead]
    return _each(leads) or [[]]


def with_stand_ins(groups, instead) -> list[list[User]]:
    """The groups with whoever stands in for somebody after them; `instead` is {who is away: stand-in or None}."""
    pairs = [[(person, instead.get(person.pk)) for person in group] for group in groups]
    return [list(dict.fromkeys(one for pair in group for one in pair if one)) for group in pairs]


def may_be_told(person, ticket) -> bool:
    """Whether a person may read the ticket with its internal side: clocks are none of the requester's business."""
    return (
        ticket_rules.reads_internal(person, ticket) and Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists()
    )


def holding_team(ticket) -> Team | None:
    """The ticket's team, else the service desk that triages for its organisation."""
    if ticket.team is not None:
        return ticket.team
    return Team.objects.active().serving([ticket.organisation_id]).filter(line=Team.Line.FIRST).first()


def next_line(ticket) -> Team | None:
    """The team of the nearest higher line that serves the organisation; among several the service's own support."""
    here = ticket.team.line if ticket.team else Team.Line.FIRST
    higher = Team.objects.active().serving([ticket.organisation_id]).filter(line__gt=here).order_by("line", "slug")
    teams = list(higher)
    nearest = [team for team in teams if team.line == teams[0].line]
    support = ticket.service.support_team_id if ticket.service else None
    return next((team for team in nearest if team.pk == support), nearest[0] if nearest else None)


def _calls(roster_id, leads, at):
    roster = Roster.objects.filter(pk=roster_id, is_active=True).first()
    if roster is None:
        return [[], *_each(leads)]
    plan = people.plan_of(roster)
    first = plan.person_at(at)
    return [[first] if first else [], *_each(person for person in plan.line_at(at) if person != first)]


def _members(team):
    return list(team.members.active().order_by("pk")) if team else []


def _each(line):
    return [[person] for person in line]
