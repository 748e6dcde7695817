"""What each transition writes on a service request, in memory. It reads people's teams at most and saves nothing."""

from django.utils.translation import gettext as _

from core.errors import InvalidInput


def claim(request, values, *, actor, at):
    """Taken by the actor. The team it waits in stays; where it has none, one of the actor's that serves it."""
    if request.team_id is None:
        request.team = actor.teams.active().serving([request.organisation_id]).first()
    request.assignee = actor


def assign(request, values, *, actor, at):
    team, assignee = values["team"], values.get("assignee")
    if assignee is not None and team.pk not in assignee.team_ids:
        raise InvalidInput({"assignee": [_("%(name)s is not in this team.") % {"name": assignee.display_name}]})
    request.team, request.assignee = team, assignee


def start(request, values, *, actor, at):
    if request.assignee_id is None and actor is not None:
        request.assignee = actor


def hold(request, values, *, actor, at):
    reason, resume_at = values["pending_reason"], values.get("resume_at")
    if reason == "scheduled" and resume_at is None:
        raise InvalidInput({"resume_at": [_("Say when work goes on.")]})
    if resume_at is not None and resume_at <= at:
        raise InvalidInput({"resume_at": [_("This lies in the past.")]})
    request.pending_reason, request.resume_at = reason, resume_at


def fulfil(request, values, *, actor, at):
    request.resolved_at = at
    request.resolution_notes = values.get("resolution_notes", "")


def reopen(request, values, *, actor, at):
    request.reopen_count += 1
    request.resolved_at = None


def end(request, values, *, actor, at):
    request.closed_at = at
