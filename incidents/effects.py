"""What each transition writes on the incident, in memory. It reads nothing but people's teams and saves nothing."""

from django.utils.translation import gettext as _

from core.errors import InvalidInput
from incidents.rules import FIRST_TIME_FIX_WINDOW, counts_solution_as_answer


def assign(incident, values, *, actor, at):
    team, assignee = values["team"], values.get("assignee")
    if assignee is not None and team.pk not in assignee.team_ids:
        raise InvalidInput({"assignee": [_("%(name)s is not in this team.") % {"name": assignee.display_name}]})
    _hand_to(incident, team, assignee)


def claim(incident, values, *, actor, at):
    """Taken by the actor, for the team they name, else for the one they take it with (`_own_team`).

    Who belongs to no team that serves the organisation (an administrator helping out) takes it all the same: help is
    not turned away for want of a team. It stays with the team it has, or with none; then an escalation knows no way
    back.
    """
    _take(incident, values.get("team") or _own_team(actor, incident), actor)


def start(incident, values, *, actor, at):
    if incident.assignee_id is None and actor is not None:
        incident.assignee = actor


def requeue(incident, values, *, actor, at):
    incident.team = None
    incident.escalated_from = None
    incident.assignee = None


def hold(incident, values, *, actor, at):
    reason, resume_at = values["pending_reason"], values.get("resume_at")
    if reason == "scheduled" and resume_at is None:
        raise InvalidInput({"resume_at": [_("Say when work goes on.")]})
    if resume_at is not None and resume_at <= at:
        raise InvalidInput({"resume_at": [_("This lies in the past.")]})
    incident.pending_reason = reason
    incident.resume_at = resume_at


def escalate(incident, values, *, actor, at):
    """Functional escalation: to a higher line; remembers where it came from, so that it can be sent back."""
    team = values["team"]
    if incident.team is not None and team.line <= incident.team.line:
        raise InvalidInput({"team": [_("Escalate to a team of a higher line; to move it sideways, assign it.")]})
    incident.escalated_from = incident.team
    incident.escalation_level += 1
    _hand_to(incident, team, None)


def send_back(incident, values, *, actor, at):
    _hand_to(incident, incident.escalated_from, None)


def resolve(incident, values, *, actor, at):
    service = values.get("service") or incident.service
    if service is None:
        raise InvalidInput({"service": [_("Name the service that was affected.")]})
    incident.service = service
    incident.resolution_code = values["resolution_code"]
    incident.resolution_notes = values["resolution_notes"]
    incident.resolved_at = at
    if actor is not None and counts_solution_as_answer(incident):
        incident.responded_at = at
    if incident.assignee_id is None and actor is not None:
        # Solved straight from the queue it counts for the solver's team, and comes back there when reopened.
        _take(incident, incident.team or _own_team(actor, incident), actor)


def reopen(incident, values, *, actor, at):
    if incident.resolved_at and at - incident.resolved_at <= FIRST_TIME_FIX_WINDOW:
        incident.early_reopen_count += 1
    incident.reopen_count += 1
    incident.resolved_at = None


def close(incident, values, *, actor, at):
    incident.closed_at = at


def cancel(incident, values, *, actor, at):
    duplicate_of = values.get("duplicate_of")
    if duplicate_of is not None and duplicate_of.pk == incident.pk:
        raise InvalidInput({"duplicate_of": [_("A ticket cannot be a duplicate of itself.")]})
    incident.closed_at = at


def _own_team(actor, incident):
    """The team it waits in when the actor belongs to it, else their first one that serves its organisation, or None."""
    if actor is None:
        return None
    if incident.team_id in actor.team_ids:
        return incident.team
    return actor.teams.active().serving([incident.organisation_id]).first()


def _take(incident, team, actor):
    if team is not None:
        _hand_to(incident, team, actor)
    incident.assignee = actor


def _hand_to(incident, team, assignee):
    """Move to `team`; the first team that takes it is remembered, each further one counts as a reassignment.

    Back in the team that escalated it, by whatever way, there is nowhere left to send it back to.
    """
    if incident.first_team_id is None:
        incident.first_team = team
    elif team.pk != incident.team_id:
        incident.reassignment_count += 1
    if team.pk == incident.escalated_from_id:
        incident.escalated_from = None
    incident.team = team
    incident.assignee = assignee
