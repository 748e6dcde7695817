"""From a person's words to a numbered incident."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import InvalidInput, NotAllowed, Refused
from incidents import rules
from incidents.models import Incident
from tickets import services as tickets
from tickets.models import Channel, Level, TicketLink
from tickets.services.editing import priority_of


@transaction.atomic
def report_incident(
    *,
    actor,
    title,
    description="",
    requester=None,
    impact=Level.LOW,
    urgency=Level.MEDIUM,
    service=None,
    category=None,
    affected_items=(),
    channel=Channel.PORTAL,
    contact="",
    place="",
    organisation=None,
    uploads=(),
    at=None,
    source="",
    source_ref="",
):
    """Open an incident and return it.

    In order: refuse unknown combinations (InvalidInput) and reporting for others by people who only raise tickets
    in another organisation (NotAllowed); set the priority from the matrix; prefill contact and place from the
    person; number it and publish `incident.reported`; attach the files.
    """
    requester = requester or actor
    if requester is None and channel != Channel.MONITORING:
        raise InvalidInput({"requester": [_("Say whom this concerns.")]})
    is_for_another = actor is not None and requester != actor and not actor.is_staff_member
    if is_for_another and (requester.organisation_id or -1) != actor.organisation_id:
        raise NotAllowed(_("You can report for people of your own organisation only."))
    if service is None and not affected_items and channel != Channel.PORTAL:
        raise InvalidInput({"service": [_("Name the service or an affected item.")]})
    incident = Incident(
        title=title,
        description=description,
        requester=requester,
        opened_by=actor,
        organisation=organisation or (requester.organisation if requester else None),
        impact=impact,
        urgency=urgency,
        priority=priority_of(impact, urgency),
        service=service,
        category=category,
        channel=channel,
        contact=contact or (requester.phone if requester else ""),
        place=place or (requester.location if requester else ""),
        source=source,
        source_ref=source_ref,
    )
    tickets.open_ticket(incident, actor=actor, at=at, affected_items=affected_items)
    if uploads:
        tickets.attach(incident, actor=actor, uploads=uploads, at=at)
        incident.refresh_from_db()
    return incident


@transaction.atomic
def follow_up(closed, *, actor, body, uploads=(), channel=Channel.PORTAL, service=None):
    """A reply to a closed ticket opens an incident, linked to it, with the same service (else `service`) and category.

    Raises NotAllowed for bystanders, Refused while it is not closed.
    """
    if not rules.follows_up(actor, closed.typed):
        raise NotAllowed
    if not closed.state_info.is_final:
        raise Refused(_("This ticket is still open: comment on it instead."))
    incident = report_incident(
        actor=actor,
        requester=closed.requester,
        title=_("Follow-up to %(number)s: %(title)s") % {"number": closed.number, "title": closed.title[:150]},
        description=body,
        service=closed.service or service,
        category=closed.category,
        channel=channel,
        impact=closed.impact,
        urgency=closed.urgency,
        organisation=closed.organisation,
        uploads=uploads,
    )
    tickets.link(incident, closed, kind=TicketLink.Kind.FOLLOWS_UP, actor=actor)
    incident.refresh_from_db()
    return incident
