"""From a suspicion to a numbered problem."""

from django.db import transaction

from core.errors import NotAllowed
from problems import rules
from problems.models import Problem
from problems.services import describing
from tickets import services as tickets
from tickets.models import Channel, Level, TicketLink
from tickets.services.editing import priority_of


@transaction.atomic
def open_problem(
    *, actor, organisation=None, impact=Level.LOW, urgency=Level.MEDIUM, affected_items=(), incidents=(),
    channel=Channel.PORTAL, at=None, source="", source_ref="", **values,
) -> Problem:  # fmt: skip
    """Write down a problem and return it, new; `values` are those of `describe` (`describing.DESCRIBED`).

    In order: refuse people who do not raise problems (NotAllowed) and values that do not fit (InvalidInput by field);
    set the priority from the matrix; number it and publish `problem.reported`; link the `incidents` it causes.
    `actor=None` is the system, which names the organisation.
    """
    if actor is not None and not rules.raises_problems(actor):
        raise NotAllowed()
    service = values.get("service")
    problem = Problem(
        requester=actor,
        opened_by=actor,
        organisation=organisation or (service.organisation if service else None) or actor.organisation,
        impact=impact,
        urgency=urgency,
        priority=priority_of(impact, urgency),
        channel=channel,
        source=source,
        source_ref=source_ref,
    )
    describing.write(problem, values)
    tickets.open_ticket(problem, actor=actor, at=at, affected_items=affected_items)
    for incident in incidents:
        tickets.link(incident, problem, kind=TicketLink.Kind.CAUSED_BY, actor=None, at=at)
    return problem
