"""Hierarchical escalation: informs up the reporting line; the ticket does not move."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import selectors as people
from core.errors import InvalidInput, NotAllowed, Refused
from tickets import rules
from tickets.services import door


@transaction.atomic
def escalate_hierarchically(incident, *, actor, reason, at=None):
    """Inform the next person up the line and publish `incident.raised_to_lead` with who is told.

    The line is: the team's lead, the leads of the teams above it, then the lead's own managers. Each call goes one
    step higher than the last. Raises NotAllowed, Refused when the top is reached or nobody leads the team.
    """
    incident = door.lock(incident)
    if not rules.triages_it(actor, incident):
        raise NotAllowed()
    if not reason.strip():
        raise InvalidInput({"reason": [_("This field is required.")]})
    line = people.reporting_line(incident.team)
    step = incident.hierarchical_level
    if step >= len(line):
        raise Refused(_("There is nobody further up the reporting line to inform."))
    before = door.snapshot(incident)
    incident.hierarchical_level += 1
    door.write(
        incident, "incident.raised_to_lead", actor=actor, before=before, at=at, is_public=False,
        reason=reason.strip()[:500], told=[line[step].pk], level=incident.hierarchical_level,
    )  # fmt: skip
    return incident
