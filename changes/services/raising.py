"""From an intention to a numbered draft."""

from django.db import transaction

from changes import rules
from changes.models import Change
from changes.services import planning
from core.errors import NotAllowed
from tickets import services as tickets
from tickets.models import Channel, Level, TicketLink
from tickets.services.editing import priority_of


@transaction.atomic
def open_change(
    *, actor, requester=None, template=None, impact=Level.LOW, urgency=Level.MEDIUM, organisation=None,
    affected_items=(), solves=None, channel=Channel.PORTAL, at=None, source="", source_ref="", **values,
) -> Change:  # fmt: skip
    """Write down a change and return its draft; `values` are those of `plan_change` (`planning.PLANNED`).

    In order: refuse people who do not write changes (NotAllowed) and values that do not fit (InvalidInput by field);
    set the priority from the matrix; number it and publish `change.reported`; link the ticket that it `solves`.
    `actor=None` is the system.
    """
    if actor is not None and not rules.raises_changes(actor):
        raise NotAllowed()
    requester = requester or actor
    change = Change(
        requester=requester,
        template=template,
        opened_by=actor,
        organisation=organisation or (requester.organisation if requester else None),
        impact=impact,
        urgency=urgency,
        priority=priority_of(impact, urgency),
        channel=channel,
        source=source,
        source_ref=source_ref,
    )
    planning.write(change, values, at=at)
    tickets.open_ticket(change, actor=actor, at=at, affected_items=affected_items)
    if solves is not None:
        tickets.link(solves, change, kind=TicketLink.Kind.SOLVED_BY, actor=actor)
    return change
